package dev.mailroom.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A mail whose content arrived completely.
 *
 * @param connection number of the connection it came over, the first is 1
 * @param user who was authenticated; empty = nobody
 * @param reversePath the mailbox of MAIL FROM without angle brackets
 * @param parameters the ESMTP parameters of MAIL, as sent
 * @param recipients the accepted recipients, in order
 * @param content the octets, dot-stuffing undone, the final CRLF before the dot included; empty if the server was told
 *         not to keep contents
 * @param size number of octets of the content, also where it was not kept
 * @param code the reply code that the server gave, or acted on, at the end; 0 = it gave none
 */
public record ReceivedMail(int connection, String user, String reversePath, List<String> parameters,
        List<Recipient> recipients, byte[] content, long size, int code) {

    /** A recipient and the ESMTP parameters of its RCPT, as sent. */
    public record Recipient(String path, List<String> parameters) {
    }

    /** Whether the server took responsibility for it. */
    public boolean accepted() {
        return code / 100 == 2;
    }

    /** The mailboxes of {@link #recipients}. */
    public List<String> recipientPaths() {
        return recipients.stream().map(Recipient::path).toList();
    }

    /** The content read as UTF-8. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
