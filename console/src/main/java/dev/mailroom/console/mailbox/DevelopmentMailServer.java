package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.mailroom.console.ConsoleSettings;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The development mailbox's SMTP server and what it has received. Thread-safe. */
public final class DevelopmentMailServer implements AutoCloseable {
    /** Never another address: it accepts everything from everyone. */
    public static final String HOST = "127.0.0.1";

    private static final Logger LOG = System.getLogger("dev.mailroom.console.mailbox");

    private final GreenMail server;
    private final StoredMails received;
    private final Clock clock;

    private DevelopmentMailServer(int port, int keep, MailboxBounds bounds, Clock clock) {
        this.received = new StoredMails(keep);
        this.clock = clock;
        ServerSetup smtp = new ServerSetup(port, HOST, ServerSetup.PROTOCOL_SMTP);
        smtp.setServerStartupTimeout(10_000);
        server = new GreenMail(smtp) {
            @Override
            protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
                return Map.of(smtp.getProtocol(), new BoundedSmtpServer(smtp, managers, bounds));
            }
        };
        server.getUserManager().setAuthRequired(false);
        server.getUserManager().setMessageDeliveryHandler(this::recorder);
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException when the port cannot be bound; the message says what to do
     */
    public static DevelopmentMailServer start(ConsoleSettings settings) {
        return start(settings, MailboxBounds.ofThisProcess());
    }

    static DevelopmentMailServer start(ConsoleSettings settings, MailboxBounds bounds) {
        // Tried first: GreenMail would fail in a thread of its own, and show a stack trace.
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(HOST, settings.mailboxPort()));
        } catch (IOException e) {
            throw new IllegalStateException("the development mailbox cannot listen on " + HOST + ":"
                    + settings.mailboxPort() + " (is the port in use?); set mailroom.console.mailbox-port to another "
                    + "port or mailroom.console.mailbox to off", e);
        }
        DevelopmentMailServer mailbox =
                new DevelopmentMailServer(settings.mailboxPort(), settings.mailboxKeep(), bounds, Clock.systemUTC());
        mailbox.server.start();
        return mailbox;
    }

    private GreenMailUser recorder(MovingMessage mail, MailAddress recipient) {
        // Called once per recipient; the mail is one, so the first of them stands for all.
        boolean first = mail.getToAddresses().iterator().next().equals(recipient);
        return new RecordingUser(first ? this::record : ignored -> { });
    }

    private void record(MovingMessage mail) {
        String from = mail.getReturnPath() == null ? "" : mail.getReturnPath().getEmail();
        List<String> to = mail.getToAddresses().stream().map(MailAddress::getEmail).toList();
        received.add(new StoredMail(0, clock.instant(), from, to, bytes(mail.getMessage())));
    }

    private static byte[] bytes(MimeMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /** The port it listens on. */
    public int port() {
        return server.getSmtp().getPort();
    }

    /** The mails, newest first. */
    public List<StoredMail> newestFirst() {
        return received.newestFirst();
    }

    /** Forgets all mails. */
    public void clear() {
        received.clear();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The development mailbox did not stop cleanly.", e);
        }
    }
}
