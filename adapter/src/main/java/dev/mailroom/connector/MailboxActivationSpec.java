package dev.mailroom.connector;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.ArrivalSettings.Done;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingSettings;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The mailbox of a message-driven bean: a Java bean because the specification asks for one; its properties are those of
 * {@code mailroom.mailbox.<name>.*}. Set up by one thread.
 */
public final class MailboxActivationSpec implements ActivationSpec, Serializable {
    private static final long serialVersionUID = 1L;
    private static final ArrivalSettings USUAL = ArrivalSettings.DEFAULTS;

    @SuppressWarnings("serial")
    private ResourceAdapter resourceAdapter;
    private String mailbox = "";
    private String server = "";
    private Integer port = 0;
    private String protocol = "imap";
    private String tls = "none";
    private String trust = "automatic";
    private String userName = "";
    private String password = "";
    private String passwordFile = "";
    private String folder = ReceivingSettings.INBOX;
    private Integer intervalSeconds = (int) USUAL.interval().toSeconds();
    private Integer maxDeliveries = USUAL.maxDeliveries();
    private String done = "";
    private String doneFolder = "Handled";
    private String deadLetterFolder = USUAL.deadLetterFolder();

    /** With every default. */
    public MailboxActivationSpec() {
        // All that has no default is set next.
    }

    @Override
    public void validate() throws InvalidPropertyException {
        try {
            settings();
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException("the activation of mailbox \"" + mailbox + "\": " + e.getMessage(), e);
        }
    }

    /** The mailbox that the properties name. */
    NamedMailbox settings() {
        MailProtocol spoken = choice("protocol", protocol, List.of(MailProtocol.IMAP, MailProtocol.POP3));
        TlsMode mode = choice("tls", tls, Arrays.asList(TlsMode.values()));
        if (server.isEmpty()) {
            throw new IllegalArgumentException("server is missing: expected the server that has the mailbox");
        }
        Done what = done.isEmpty() ? spoken == MailProtocol.POP3 ? Done.DELETE : Done.SEEN
                : choice("done", done, Arrays.asList(Done.values()));
        if (spoken == MailProtocol.POP3 && what != Done.DELETE) {
            throw new IllegalArgumentException("done is " + done + ", expected delete, all that POP3 can do, or imap");
        }
        SmtpSettings settings = SmtpSettings.of(userName.isEmpty() ? mailbox : userName, server, port(spoken, mode))
                .withProtocol(spoken).withTls(mode)
                .withTrust(choice("trust", trust, Arrays.asList(TrustMode.values()))).withSecret(secret());
        return new NamedMailbox(mailbox.isEmpty() ? settings.user() : mailbox,
                ReceivingSettings.of(settings).withFolder(folder),
                new ArrivalSettings(Duration.ofSeconds(intervalSeconds), true, maxDeliveries, what,
                        what == Done.MOVE ? doneFolder : "", deadLetterFolder), Set.of());
    }

    private int port(MailProtocol spoken, TlsMode mode) {
        boolean implicit = mode == TlsMode.IMPLICIT;
        return port > 0 ? port : spoken == MailProtocol.POP3 ? implicit ? 995 : 110 : implicit ? 993 : 143;
    }

    private Secret secret() {
        if (password.isEmpty() == passwordFile.isEmpty()) {
            throw new IllegalArgumentException("expected one of password and passwordFile, since a mailbox opens only"
                    + " with a login");
        }
        try {
            return Secret.password(password.isEmpty()
                    ? Files.readString(Path.of(passwordFile)).replaceFirst("\\R$", "") : password);
        } catch (IOException e) {
            throw new IllegalArgumentException("passwordFile is " + passwordFile + ", which cannot be read", e);
        }
    }

    private static <E extends Enum<E>> E choice(String property, String value, List<E> choices) {
        return choices.stream().filter(one -> one.name().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(property + " is " + value + ", expected one of "
                        + choices.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList()));
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        resourceAdapter = adapter;
    }

    /** What log lines call the mailbox; the login where no userName is given. */
    public String getMailbox() {
        return mailbox;
    }

    /** What log lines call the mailbox; the login where no userName is given. */
    public void setMailbox(String value) {
        mailbox = Objects.requireNonNullElse(value, "").strip();
    }

    /** The server that has the mailbox. */
    public String getServer() {
        return server;
    }

    /** The server that has the mailbox. */
    public void setServer(String value) {
        server = Objects.requireNonNullElse(value, "").strip();
    }

    /** Its port; 0 = the usual one. */
    public Integer getPort() {
        return port;
    }

    /** Its port; 0 = the usual one. */
    public void setPort(Integer value) {
        port = Objects.requireNonNull(value, "port");
    }

    /** imap or pop3. */
    public String getProtocol() {
        return protocol;
    }

    /** imap or pop3. */
    public void setProtocol(String value) {
        protocol = Objects.requireNonNullElse(value, "").strip();
    }

    /** none, starttls or implicit. */
    public String getTls() {
        return tls;
    }

    /** none, starttls or implicit. */
    public void setTls(String value) {
        tls = Objects.requireNonNullElse(value, "").strip();
    }

    /** automatic, server or own. */
    public String getTrust() {
        return trust;
    }

    /** automatic, server or own. */
    public void setTrust(String value) {
        trust = Objects.requireNonNullElse(value, "").strip();
    }

    /** The login; empty = the mailbox's name. */
    public String getUserName() {
        return userName;
    }

    /** The login; empty = the mailbox's name. */
    public void setUserName(String value) {
        userName = Objects.requireNonNullElse(value, "").strip();
    }

    /** The password. */
    public String getPassword() {
        return password;
    }

    /** The password. */
    public void setPassword(String value) {
        password = Objects.requireNonNullElse(value, "");
    }

    /** A file with the password. */
    public String getPasswordFile() {
        return passwordFile;
    }

    /** A file with the password. */
    public void setPasswordFile(String value) {
        passwordFile = Objects.requireNonNullElse(value, "").strip();
    }

    /** The folder that is read; POP3 has only INBOX. */
    public String getFolder() {
        return folder;
    }

    /** The folder that is read; POP3 has only INBOX. */
    public void setFolder(String value) {
        folder = Objects.requireNonNullElse(value, "").strip();
    }

    /** How often the mailbox is looked into, and a connection that waits for news is checked. */
    public Integer getIntervalSeconds() {
        return intervalSeconds;
    }

    /** How often the mailbox is looked into, and a connection that waits for news is checked. */
    public void setIntervalSeconds(Integer value) {
        intervalSeconds = Objects.requireNonNull(value, "intervalSeconds");
    }

    /** How often a mail is given to a bean that fails. */
    public Integer getMaxDeliveries() {
        return maxDeliveries;
    }

    /** How often a mail is given to a bean that fails. */
    public void setMaxDeliveries(Integer value) {
        maxDeliveries = Objects.requireNonNull(value, "maxDeliveries");
    }

    /** seen, move or delete; empty = seen, with POP3 delete. */
    public String getDone() {
        return done;
    }

    /** seen, move or delete; empty = seen, with POP3 delete. */
    public void setDone(String value) {
        done = Objects.requireNonNullElse(value, "").strip();
    }

    /** Where done=move moves mails to. */
    public String getDoneFolder() {
        return doneFolder;
    }

    /** Where done=move moves mails to. */
    public void setDoneFolder(String value) {
        doneFolder = Objects.requireNonNullElse(value, "").strip();
    }

    /** Where a mail is moved to whose bean has failed so often. */
    public String getDeadLetterFolder() {
        return deadLetterFolder;
    }

    /** Where a mail is moved to whose bean has failed so often. */
    public void setDeadLetterFolder(String value) {
        deadLetterFolder = Objects.requireNonNullElse(value, "").strip();
    }
}
