package dev.mailroom.parsing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever octets come, reading them ends with a mail. */
final class DamagedMailsTest {
    static final List<String> CORPUS = List.of("""
            From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>, "A, B" <ab@example.org> (c)
            To: friends: a@example.org, <b@example.org>;
            Subject: =?utf-8?b?w6Q=?= =?iso-8859-1?q?=E4?=
            Date: Tue, 1 Mar 2022 10:00:00 +0100
            Content-Type: multipart/mixed; boundary="=-b"

            preamble
            --=-b
            Content-Type: multipart/alternative; boundary=c

            --c
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            text =C3=A4 =
            goes on
            --c
            Content-Type: text/html

            <p>html</p>
            --c--
            --=-b
            Content-Type: application/pdf; name*0*=utf-8''%E4; name*1=x.pdf
            Content-Disposition: attachment; filename="=?utf-8?b?w6Q=?=.pdf"
            Content-Transfer-Encoding: base64

            AAEC
            Aw==
            --=-b
            Content-Type: message/rfc822

            Subject: inner

            inner text
            --=-b--
            epilogue
            """, """
            From sender Mon Jan  1 00:00:00 2026
            Received: a
             b
            \tc
            Content-Type: text/html; charset=shift_jis (comment)

            <html><head><title>t</title></head><body>&lt;&#228;&#xD83D;&unknown;<script>x</script>
            """, "no header at all\njust text\n", "Subject: only a header", "", "\r\n\r\n", ":\n:\n", "=?=?=?", """
            Content-Type: multipart/mixed; boundary=x

            --x
            --x
            --x--
            --x
            """);

    static byte[] damaged(Random random) {
        byte[] mail = CORPUS.get(random.nextInt(CORPUS.size())).replace("\n", random.nextBoolean() ? "\n" : "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(mail);
        for (int blows = random.nextInt(6); blows > 0; blows--) {
            mail = out.toByteArray();
            out.reset();
            int at = random.nextInt(mail.length + 1);
            int length = random.nextInt(Math.min(40, mail.length - at) + 1);
            out.write(mail, 0, at);
            switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] noise = new byte[random.nextInt(8)];
                    random.nextBytes(noise);
                    out.writeBytes(noise);
                }
                case 1 -> out.writeBytes("\r\n".repeat(random.nextInt(3)).getBytes(StandardCharsets.US_ASCII));
                case 2 -> {
                    out.write(mail, at, length);
                    out.write(mail, at, length);
                }
                case 3 -> out.writeBytes(List.of("=?", "\"", "(", "<", "\\", "--x", "*0*=", "%", "=\n", "\0", "[", ":")
                        .get(random.nextInt(12)).repeat(1 + random.nextInt(3)).getBytes(StandardCharsets.US_ASCII));
                default -> { }
            }
            out.write(mail, at + length, mail.length - at - length);
        }
        return out.toByteArray();
    }

    @Test
    void noDamageIsAnException() {
        Random random = new Random(4);
        for (int i = 0; i < 30_000; i++) {
            byte[] mail = damaged(random);
            check(mail, MailParser.parse(mail));
        }
    }

    @Test
    void noNoiseIsAnException() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            check(noise, MailParser.parse(noise));
        }
    }

    private static void check(byte[] mail, ParsedMail read) {
        long octets = 0;
        for (ParsedPart part : read.parts()) {
            octets += part.content().length;
            assertTrue(oneLine(part.name()) && oneLine(part.contentType()) && oneLine(part.identifier()));
        }
        assertTrue(octets <= mail.length, "more came out than went in");
        read.header().fields().forEach(field -> assertTrue(oneLine(field.value()) && oneLine(field.name())));
        for (String name : List.of("From", "To", "Cc")) {
            read.header().mailboxes(name).forEach(mailbox -> assertTrue(oneLine(mailbox)));
        }
        assertTrue(oneLine(read.header().text("Subject")));
        read.header().date();
        assertFalse(read.text().indexOf('\0') >= 0 || read.text().indexOf('\r') >= 0);
        HtmlText.of(read.html());
    }

    private static boolean oneLine(String text) {
        return text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0)
                && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
