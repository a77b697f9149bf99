package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Mails that each have a recipient and a content of their own, to be compared octet by octet where they arrive. */
public final class NumberedMails {
    private NumberedMails() {
    }

    /** The mail of that number. */
    public static Mail mail(int number) {
        return new Mail(Envelope.of("ann@x.org", List.of(recipient(number))),
                MailData.of(content(number).getBytes(StandardCharsets.UTF_8)));
    }

    private static String recipient(int number) {
        return "r" + number + "@x.org";
    }

    private static String content(int number) {
        return "From: ann@x.org\r\nTo: r" + number + "@x.org\r\nDate: Thu, 26 Nov 2026 10:00:00 +0000\r\nMessage-ID: <"
                + number + "@x.org>\r\nSubject: " + number + "\r\n\r\n.\r\n..dots\r\n" + "line\r\n".repeat(number);
    }

    /** These are the first so many, each once and unchanged but for traces that servers put before them. */
    public static void assertArrived(int count, List<ReceivedMail> mails) {
        Map<String, String> received = new TreeMap<>();
        for (ReceivedMail mail : mails) {
            received.put(mail.recipientPaths().get(0), new String(mail.content(), StandardCharsets.UTF_8));
        }
        assertEquals(count, mails.size(), "each mail once");
        assertEquals(count, received.size(), "each mail once");
        IntStream.range(0, count).forEach(i -> assertContent(content(i), received.get(recipient(i))));
    }

    private static void assertContent(String sent, String arrived) {
        assertTrue(arrived.endsWith(sent), arrived);
        String before = arrived.substring(0, arrived.length() - sent.length());
        assertTrue(before.lines().allMatch(line -> line.startsWith("Received:") || line.startsWith("\t")
                || line.startsWith(" ")), before);
    }
}
