package dev.mailroom.sevenbit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mailroom.MailData;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SevenBitTest {
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final String MIXED = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";

    private static String encoded(byte[] mail) throws IOException, UnencodableException {
        MailData data = SevenBit.of(MailData.of(mail));
        var out = new ByteArrayOutputStream();
        data.writeTo(out);
        assertEquals(out.size(), data.size());
        assertFalse(data.eightBit());
        String text = out.toString(ISO_8859_1);
        assertTrue(text.chars().allMatch(c -> c < 128), text);
        return text;
    }

    private static String encoded(String mail) throws IOException, UnencodableException {
        return encoded(mail.getBytes(UTF_8));
    }

    private static MimeMessage read(String mail) throws Exception {
        return new MimeMessage(SESSION, new ByteArrayInputStream(mail.getBytes(ISO_8859_1)));
    }

    private static void leaves(Part part, List<String> found) throws Exception {
        if (part.isMimeType("multipart/*")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                leaves(parts.getBodyPart(i), found);
            }
        } else if (part.isMimeType("message/rfc822")) {
            leaves((Part) part.getContent(), found);
        } else {
            assertEquals("untouched", part.getHeader("X-After")[0]);
            found.add(new String(part.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    @Test
    void whateverTheMailIsItsPartsHoldWhatTheyHeld() throws Exception {
        for (long seed = 0; seed < 3_000; seed++) {
            RandomMail mail = new RandomMail(seed);
            List<String> found = new ArrayList<>();
            leaves(read(encoded(mail.bytes).replaceAll("\r\n|\r|\n", "\r\n")), found);
            assertEquals(mail.leaves, found, "seed " + seed);
        }
    }

    @Test
    void onlyWhatNeedsItChanges() throws Exception {
        String before = MIXED + "Content-Transfer-Encoding: 8bit\r\n"
                + "X-Odd  :  folded\r\n\there \r\n\r\npreamble\r\n--b\r\n"
                + "Content-Type: text/plain\r\nContent-Transfer-Encoding: 7bit\r\n\r\n  kept as it is  \r\n--b \r\n"
                + "Content-Transfer-Encoding: 8bit\r\nContent-Type: text/html; charset=utf-8\r\n\r\nü = ä\r\n"
                + "--b--\r\nepilogue";
        String after = MIXED + "X-Odd  :  folded\r\n\there \r\n\r\npreamble\r\n--b\r\n"
                + "Content-Type: text/plain\r\nContent-Transfer-Encoding: 7bit\r\n\r\n  kept as it is  \r\n--b \r\n"
                + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + "=C3=BC =3D =C3=A4\r\n--b--\r\nepilogue";
        assertEquals(after, encoded(before));
    }

    @Test
    void aMailWithoutMimeBecomesOne() throws Exception {
        assertEquals("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E2=82=AC\r\n",
                encoded("Subject: x\r\n\r\n€\r\n"));
        assertTrue(encoded("Subject: x\r\n\r\nä\r\n".getBytes(ISO_8859_1)).contains("charset=unknown-8bit"));
        assertTrue(encoded("Subject: x\r\n\r\n" + "日".repeat(3_000)).contains("charset=UTF-8"));
    }

    @Test
    void aDigestHoldsMessages() throws Exception {
        String digest = MIXED.replace("mixed", "digest") + "\r\n--b\r\n\r\nSubject: one\r\n\r\nä\r\n--b--\r\n";
        assertEquals(MIXED.replace("mixed", "digest") + "\r\n--b\r\n\r\nSubject: one\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + "=C3=A4\r\n--b--\r\n", encoded(digest));
    }

    @Test
    void anAttachedMessageMayBeSignedByItsDomain() throws Exception {
        String inner = "DKIM-Signature: v=1\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
        assertTrue(encoded(MIXED + "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + "\r\nä\r\n--b--\r\n")
                .contains("=C3=A4"));
    }

    private static void assertRefused(String mail, String words) {
        var e = assertThrows(UnencodableException.class, () -> encoded(mail));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void whatIsSignedMustNotChange() {
        assertRefused("Content-Type: multipart/signed; boundary=b; protocol=\"x/y\"; micalg=sha256\r\n\r\n"
                + "--b\r\n\r\nä\r\n--b\r\n\r\nsignature\r\n--b--\r\n", "its multipart/signed covers octets");
        assertRefused(MIXED + "\r\n--b\r\nContent-Type: multipart/signed; boundary=c\r\n\r\n--c\r\n\r\nä\r\n--c--\r\n"
                + "--b--\r\n", "its multipart/signed covers octets");
        assertRefused("DKIM-Signature: v=1\r\nSubject: x\r\n\r\nä", "its DKIM-Signature covers octets");
    }

    @Test
    void aSignedPartThatNeedsSevenBitsStaysAsItIs() throws Exception {
        String signed = "Content-Type: multipart/signed; boundary=c\r\n\r\n--c\r\n\r\nplain\r\n--c--\r\n";
        assertTrue(encoded(MIXED + "\r\n--b\r\n" + signed + "\r\n--b\r\n\r\nä\r\n--b--\r\n").contains(signed));
    }

    @Test
    void eightBitCharactersInAHeaderAreAnError() {
        assertRefused("Subject: ä\r\n\r\nx", "the field subject has 8-bit characters");
        assertRefused("Subject: x\r\n y\r\n ä\r\n\r\nx", "the field subject has 8-bit characters");
        assertRefused("ä\r\n", "a line that is no header field has 8-bit characters");
        assertRefused(MIXED + "\r\n--b\r\nContent-Description: ä\r\n\r\nx\r\n--b--\r\n", "content-description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: Quoted-Printable",
        "Content-Transfer-Encoding: x-uuencode", "Content-Type: text plain", "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=other", "Content-Type: message/partial; id=1; number=1",
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64"})
    void aMailThatContradictsItselfIsAnError(String field) {
        assertRefused("MIME-Version: 1.0\r\n" + field + "\r\n\r\nä\r\n", "correct");
    }

    @Test
    void nestingWithoutEndIsAnError() {
        assertRefused("Content-Type: message/rfc822\r\n\r\n".repeat(100_000) + "\r\nä", "nested more than 50 deep");
    }

    @Test
    void aLargeMailIsHeldOnce() throws Exception {
        int size = 25 << 20;
        byte[] mail = new byte[size];
        Arrays.fill(mail, (byte) 0xe4);
        byte[] header = "MIME-Version: 1.0\r\nContent-Type: application/x-any\r\n\r\n".getBytes(UTF_8);
        System.arraycopy(header, 0, mail, 0, header.length);
        MailData data = MailData.of(mail);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(me);
        SevenBit.of(data).writeTo(OutputStream.nullOutputStream());
        long allocated = threads.getThreadAllocatedBytes(me) - before;
        assertTrue(allocated < size + (4 << 20), allocated + " bytes for " + size);
    }
}
