package dev.mailroom.mime;

import dev.mailroom.DeliveryNotification;
import jakarta.mail.internet.MimeMessage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Shorthand of the composing tests. */
final class Mails {
    static final Composer COMPOSER = new Composer(
            Clock.fixed(Instant.parse("2026-03-01T08:09:10Z"), ZoneOffset.ofHours(2)), new SecureRandom());

    private Mails() {
    }

    static Draft from(String from) {
        return Draft.of(from, List.of("to@example.org"), "subject", "text");
    }

    static Draft to(String... to) {
        return Draft.of("from@example.org", List.of(to), "subject", "text");
    }

    static Draft subject(String subject) {
        return Draft.of("from@example.org", List.of("to@example.org"), subject, "text");
    }

    static Draft bodies(String text, String html, Attachment... attachments) {
        return new Draft("from@example.org", "", Draft.Recipients.of(List.of("to@example.org")), "subject", text, html,
                List.of(attachments), List.of(), "", false, DeliveryNotification.NONE);
    }

    static Attachment file(String name, byte[] content) {
        return new Attachment(name, "", ContentSource.of(content), "");
    }

    static byte[] bytes(Draft draft) {
        try {
            return JakartaMime.bytes(COMPOSER.compose(draft));
        } catch (Exception e) {
            throw e instanceof RuntimeException r ? r : new UncheckedIOException(new java.io.IOException(e));
        }
    }

    static String string(Draft draft) {
        return new String(bytes(draft), StandardCharsets.UTF_8);
    }

    static MimeMessage read(Draft draft) throws Exception {
        return JakartaMime.read(bytes(draft));
    }

    /** Whether every line ends with CRLF, is at most 998 characters long and needs 7 bits, none of them zero. */
    static void assertTravelsAnywhere(byte[] mail) {
        int line = 0;
        for (int i = 0; i < mail.length; i++) {
            byte b = mail[i];
            boolean crlf = b == '\r' ? i + 1 < mail.length && mail[i + 1] == '\n' : b == '\n' && mail[i - 1] == '\r';
            if (b <= 0 || (b == '\r' || b == '\n') && !crlf) {
                throw new AssertionError("octet " + b + " at " + i + " of " + new String(mail, StandardCharsets.UTF_8));
            }
            line = b == '\n' ? -1 : line + 1;
            if (line - (b == '\r' ? 1 : 0) > 998) {
                throw new AssertionError("a line of more than 998 characters at " + i);
            }
        }
    }
}
