package dev.mailroom.receiving;

import dev.mailroom.Identity;
import dev.mailroom.SmtpSettings;
import java.util.Objects;

/**
 * Everything needed to open a mailbox. Immutable.
 *
 * @param server login, host, port, TLS, trust, secret, proxy and timeouts, as for sending; the protocol of its identity
 *     is POP3 or IMAP. Its {@code reply} is the longest silence, its {@code send} the longest time of one operation
 * @param folder which folder is opened; POP3 has only INBOX
 * @param maxMessage octets of the largest mail that is read; 1 or more
 */
public record ReceivingSettings(SmtpSettings server, String folder, long maxMessage) {
    /** The folder that every mailbox has (RFC 3501, section 5.1). */
    public static final String INBOX = "INBOX";

    /** The default: 25 MiB. */
    public static final long MAX_MESSAGE = 25L << 20;

    /** Checks every value. */
    public ReceivingSettings {
        Objects.requireNonNull(server, "server");
        if (server.identity().protocol() == Identity.MailProtocol.SMTP) {
            throw new IllegalArgumentException("mails are received with POP3 or IMAP, not with SMTP");
        }
        if (folder.isBlank() || folder.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the folder must be a name without control characters, was \""
                    + folder.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        if (server.identity().protocol() == Identity.MailProtocol.POP3 && !folder.equalsIgnoreCase(INBOX)) {
            throw new IllegalArgumentException("POP3 knows no folder but INBOX, was \"" + folder + "\"; use IMAP");
        }
        if (maxMessage < 1) {
            throw new IllegalArgumentException("maxMessage must be 1 or more, was " + maxMessage);
        }
    }

    /** The inbox of that server with every default; the protocol is that of the settings. */
    public static ReceivingSettings of(SmtpSettings server) {
        return new ReceivingSettings(server, INBOX, MAX_MESSAGE);
    }

    /** What is spoken: POP3 or IMAP. */
    public Identity.MailProtocol protocol() {
        return server.identity().protocol();
    }

    /** The same for another server, login or secret. */
    public ReceivingSettings withServer(SmtpSettings other) {
        return new ReceivingSettings(other, folder, maxMessage);
    }

    /** The same for another folder. */
    public ReceivingSettings withFolder(String other) {
        return new ReceivingSettings(server, other, maxMessage);
    }

    /** The same with another limit. */
    public ReceivingSettings withMaxMessage(long octets) {
        return new ReceivingSettings(server, folder, octets);
    }
}
