package dev.mailroom.facade.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Mail;
import dev.mailroom.mime.Composer;
import dev.mailroom.mime.Draft;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Tells whether two drafts are the same mail, without regard to date and Message-ID. */
public final class ContentDigest {
    /** Always the same date, Message-ID and boundaries: equal drafts become equal bytes. */
    private static final Composer COMPOSER = new Composer(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), () -> 0L);

    private ContentDigest() {
    }

    /**
     * SHA-256 of envelope and content, in hexadecimal digits.
     *
     * @throws IOException if an attachment cannot be read
     */
    public static String of(Draft draft) throws IOException {
        return of(COMPOSER.compose(draft.withMessageId("")).mail());
    }

    /**
     * SHA-256 of envelope and content, in hexadecimal digits.
     *
     * @throws IOException if the content cannot be read
     */
    public static String of(Mail mail) throws IOException {
        MessageDigest digest = sha256();
        digest.update(mail.envelope().toString().getBytes(UTF_8));
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            mail.data().writeTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
