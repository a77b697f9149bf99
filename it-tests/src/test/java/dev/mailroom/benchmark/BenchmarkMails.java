package dev.mailroom.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** What is sent: plain text of printable ASCII in lines of 72, no secrets of rendering, the same for everybody. */
public final class BenchmarkMails {
    /** The sender's address. */
    public static final String FROM = "sender@example.org";
    /** The sender as a mailbox. */
    public static final String FROM_NAMED = "Jack Sender <" + FROM + ">";

    private static final String LINE = "The quick brown fox jumps over the lazy dog; the dog does not mind that.";
    /** Of the header, with Date, Message-ID and what else there is: so many octets, about. */
    private static final int HEADER = 330;

    private BenchmarkMails() {
    }

    /** The recipients' addresses. */
    public static List<String> to(Scenario scenario) {
        return IntStream.range(0, scenario.recipients()).mapToObj(i -> "recipient" + i + "@example.org").toList();
    }

    /** The subject of the mail with that number. */
    public static String subject(long number) {
        return "Your invoice number " + number;
    }

    /** The text of each mail, its lines ended by LF. */
    public static String text(Scenario scenario) {
        int lines = Math.max(1, (scenario.size() - HEADER) / (LINE.length() + 2));
        return (LINE + "\n").repeat(lines);
    }

    /** A rendered mail, its lines ended by CRLF. */
    public static byte[] rendered(Scenario scenario) {
        String header = "Date: Mon, 5 Jan 2026 10:00:00 +0100\r\nFrom: " + FROM_NAMED + "\r\nTo: "
                + String.join(",\r\n ", to(scenario)) + "\r\nMessage-ID: <1234567890.benchmark@example.org>\r\n"
                + "Subject: " + subject(1) + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n"
                + "Content-Transfer-Encoding: 7bit\r\n\r\n";
        return (header + text(scenario).replace("\n", "\r\n")).getBytes(StandardCharsets.US_ASCII);
    }
}
