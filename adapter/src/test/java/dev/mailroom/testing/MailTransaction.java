package dev.mailroom.testing;

import java.util.ArrayList;
import java.util.List;

/** The mail transaction under way on a connection (RFC 5321, section 3.3). */
final class MailTransaction {
    final List<ReceivedMail.Recipient> recipients = new ArrayList<>();
    /** What was collected by BDAT; absent until the first chunk. */
    ContentReader chunks;
    /** A chunk was refused: only RSET helps (RFC 3030, section 2). */
    boolean chunkRefused;
    private final PathArgument sender;

    MailTransaction(PathArgument sender) {
        this.sender = sender;
    }

    boolean eightBit() {
        return sender.parameters().stream().anyMatch(p -> p.equalsIgnoreCase("BODY=8BITMIME")
                || p.equalsIgnoreCase("BODY=BINARYMIME"));
    }

    ReceivedMail finished(int connection, String user, ContentReader content, int code) {
        return new ReceivedMail(connection, user, sender.path(), sender.parameters(), List.copyOf(recipients),
                content.bytes(), content.size(), code);
    }
}
