package dev.mailroom.console.mailbox;

import java.nio.charset.StandardCharsets;

/**
 * What a client is told that does not fit into the bounds, in the words of its protocol.
 *
 * @param full there are too many connections
 * @param noRoom too much is being received at this moment
 * @param tooLong what it sends never fits
 */
record Refusals(String full, String noRoom, String tooLong) {
    /** RFC 5321, section 3.8. */
    static final Refusals SMTP = new Refusals("421 4.3.2 The development mailbox has too many connections",
            "452 4.3.1 The development mailbox has no room for this mail now",
            "552 5.3.4 The mail is too long for the development mailbox");
    /** RFC 2449, section 8. */
    static final Refusals POP3 = of("-ERR [SYS/TEMP] ");
    /** RFC 3501, section 7.1.5. */
    static final Refusals IMAP = of("* BYE ");

    private static Refusals of(String begin) {
        return new Refusals(begin + "The development mailbox has too many connections",
                begin + "The development mailbox has no room for this command now",
                begin + "The command is too long for the development mailbox");
    }

    static byte[] line(String refusal) {
        return (refusal + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
