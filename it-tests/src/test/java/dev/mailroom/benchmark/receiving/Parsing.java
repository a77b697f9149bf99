package dev.mailroom.benchmark.receiving;

import com.sun.management.ThreadMXBean;
import dev.mailroom.parsing.MailParser;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;

/** One mail taken apart again and again: subject, text, and the octets of its attachment. */
final class Parsing {
    private static final int ROUNDS = 5;
    private static final byte[] MAIL = ("From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nTo: jack@example.org\r\n"
            + "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <one@example.org>\r\n"
            + "Date: Fri, 27 Nov 2026 08:00:00 +0000\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + ("H=C3=BCgel und T=C3=A4ler\r\n").repeat(60)
            + "--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n" + ("A".repeat(76) + "\r\n").repeat(105) + "--b--\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private Parsing() {
    }

    /** Takes it apart; the characters and octets that it had. */
    private interface Parser {
        int parse(byte[] mail) throws Exception;
    }

    static String markdown(int mails) throws Exception {
        Map<String, Parser> parsers = new LinkedHashMap<>();
        parsers.put(ReceivingTable.OURS, Parsing::ours);
        parsers.put("Apache James Mime4j", Parsing::mime4j);
        parsers.put("Angus MimeMessage", Parsing::angus);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        StringBuilder table = new StringBuilder("| parsing a mail of " + MAIL.length / 1024
                + " KiB with an attachment | µs a mail, best of " + ROUNDS + " | allocated, kB a mail |\n"
                + "| --- | --- | --- |\n");
        int expected = ours(MAIL);
        for (Map.Entry<String, Parser> parser : parsers.entrySet()) {
            long best = Long.MAX_VALUE;
            long allocated = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                for (int i = 0; i < mails; i++) {
                    if (parser.getValue().parse(MAIL) != expected) {
                        throw new IllegalStateException(parser.getKey() + " has read something else");
                    }
                }
                best = Math.min(best, System.nanoTime() - start);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            table.append(String.format(Locale.ROOT, "| %s | %.1f | %.0f |%n", parser.getKey(), best / 1e3 / mails,
                    allocated / 1e3 / mails));
        }
        return table.toString().replace("\r\n", "\n");
    }

    private static int ours(byte[] octets) {
        var mail = MailParser.parse(octets);
        return mail.header().text("Subject").length() + mail.text().strip().length()
                + mail.parts().get(0).content().length;
    }

    private static int mime4j(byte[] octets) throws Exception {
        var message = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(octets));
        var parts = ((org.apache.james.mime4j.dom.Multipart) message.getBody()).getBodyParts();
        String text;
        try (var reader = ((TextBody) parts.get(0).getBody()).getReader()) {
            StringBuilder all = new StringBuilder();
            char[] some = new char[8192];
            for (int n = reader.read(some); n >= 0; n = reader.read(some)) {
                all.append(some, 0, n);
            }
            text = all.toString();
        }
        Entity file = parts.get(1);
        try (var in = ((org.apache.james.mime4j.dom.BinaryBody) file.getBody()).getInputStream()) {
            int length = message.getSubject().length() + text.replace("\r\n", "\n").strip().length()
                    + in.readAllBytes().length;
            message.dispose();
            return length;
        }
    }

    private static int angus(byte[] octets) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
        Multipart parts = (Multipart) message.getContent();
        try (var in = parts.getBodyPart(1).getInputStream()) {
            return message.getSubject().length()
                    + ((String) parts.getBodyPart(0).getContent()).replace("\r\n", "\n").strip().length()
                    + in.readAllBytes().length;
        }
    }
}
