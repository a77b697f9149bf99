package dev.mailroom;

import java.util.List;

/**
 * The SMTP envelope (RFC 5321, section 2.3.1): who gets the mail and who hears of failures, apart from its header.
 *
 * @param reversePath the mailbox of MAIL FROM without angle brackets; empty = the null reverse-path
 * @param forwardPaths the mailboxes of RCPT TO without angle brackets; one or more
 * @param partialSend true: refused recipients do not keep the mail from the others; false: all or nobody
 * @param notification the delivery status notification asked for (RFC 3461); ignored where not offered
 * @param utf8Header whether the header holds characters beyond ASCII, such as an address to answer to: it needs a
 *     server with SMTPUTF8 as an address of the envelope does (RFC 6532)
 */
public record Envelope(String reversePath, List<String> forwardPaths, boolean partialSend,
        DeliveryNotification notification, boolean utf8Header) {

    /**
     * Checks that no address can end its command line and begin another; the full syntax is checked where mails are
     * composed.
     */
    public Envelope {
        forwardPaths = List.copyOf(forwardPaths);
        if (forwardPaths.isEmpty()) {
            throw new IllegalArgumentException("the envelope has no recipient; name at least one");
        }
        if (!reversePath.isEmpty()) {
            checkPath("sender", reversePath);
        }
        forwardPaths.forEach(path -> checkPath("recipient", path));
    }

    /** The envelope of a mail whose header is ASCII. */
    public Envelope(String reversePath, List<String> forwardPaths, boolean partialSend,
            DeliveryNotification notification) {
        this(reversePath, forwardPaths, partialSend, notification, false);
    }

    /** The same mail to others. */
    public Envelope withForwardPaths(List<String> others) {
        return new Envelope(reversePath, others, partialSend, notification, utf8Header);
    }

    /** An all-or-nothing envelope without notifications. */
    public static Envelope of(String reversePath, List<String> forwardPaths) {
        return new Envelope(reversePath, forwardPaths, false, DeliveryNotification.NONE);
    }

    private static void checkPath(String role, String path) {
        // RFC 5321, section 4.1.2 allows no control character anywhere. U+760A and its like lose their high byte in
        // careless encoders and become LF (CVE-2025-7962): the dialogue encodes UTF-8, so they are harmless here.
        boolean bad = path.isBlank() || path.length() > 512;
        for (int i = 0; i < path.length() && !bad; i++) {
            char c = path.charAt(i);
            bad = c < ' ' || c == 0x7f || c == '<' || c == '>';
        }
        if (bad) {
            throw new IllegalArgumentException("the " + role + " \"" + path.replaceAll("\\p{Cntrl}", "?")
                    + "\" is not a mailbox; expected local-part@domain without control characters or angle brackets");
        }
    }

    /** Whether an address of the envelope or the header needs SMTPUTF8 (RFC 6531) to travel. */
    public boolean needsUtf8() {
        // Called once for each mail that is sent: a plain loop allocates nothing.
        boolean ascii = !utf8Header && isAscii(reversePath);
        for (int i = 0; ascii && i < forwardPaths.size(); i++) {
            ascii = isAscii(forwardPaths.get(i));
        }
        return !ascii;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
