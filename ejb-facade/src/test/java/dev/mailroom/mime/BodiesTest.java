package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.BodyPart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\nb", "a\rb", "a\r\nb\r\n", "\n\n\n", "\r\r\n\n", ".\n..\n.", " \n \t\n", "ü",
        "日本語", "a\u0001b", "= =3D =", "x\r", "From here\n", "trailing space ", "\ttab\t"})
    void aTextIsReadWithTheLineEndsOfMail(String text) throws Exception {
        byte[] mail = Mails.bytes(Mails.bodies(text, ""));
        Mails.assertTravelsAnywhere(mail);
        String expected = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        assertEquals(expected, JakartaMime.read(mail).getContent());
    }

    @Test
    void longLinesOfAnyKindStayWithinTheLimit() throws Exception {
        for (String text : new String[] {"x".repeat(5000), "ü".repeat(3000), "日".repeat(3000), " ".repeat(2000)}) {
            byte[] mail = Mails.bytes(Mails.bodies(text, text));
            Mails.assertTravelsAnywhere(mail);
            var parts = (MimeMultipart) JakartaMime.read(mail).getContent();
            assertEquals(text, parts.getBodyPart(0).getContent());
            assertEquals(text, parts.getBodyPart(1).getContent());
        }
    }

    @Test
    void textAndHtmlAreAlternativesTheRicherLast() throws Exception {
        var message = Mails.read(Mails.bodies("text ü", "<p>html ü</p>"));
        assertTrue(message.isMimeType("multipart/alternative"));
        var parts = (MimeMultipart) message.getContent();
        assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
        assertEquals("text ü", parts.getBodyPart(0).getContent());
        assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
        assertEquals("<p>html ü</p>", parts.getBodyPart(1).getContent());
    }

    @Test
    void filesAreMixedWithTheBodyAndImagesRelatedToTheHtml() throws Exception {
        byte[] image = random(1, 1000);
        byte[] file = random(2, 70_000);
        var message = Mails.read(Mails.bodies("text", "<img src='cid:logo'>",
                new Attachment("logo.png", "image/png", ContentSource.of(image), "logo"),
                Mails.file("data.bin", file)));
        var mixed = multipart(message.getContent(), message.getContentType(), "mixed", 2);
        var alternative = multipart(mixed.getBodyPart(0), "alternative", 2);
        assertEquals("text", alternative.getBodyPart(0).getContent());
        var related = multipart(alternative.getBodyPart(1), "related", 2);
        assertEquals("text/html", new ContentType(related.getContentType()).getParameter("type"));
        assertEquals("<img src='cid:logo'>", related.getBodyPart(0).getContent());
        var logo = (MimeBodyPart) related.getBodyPart(1);
        assertEquals("<logo>", logo.getContentID());
        assertEquals("inline", logo.getDisposition());
        assertTrue(logo.isMimeType("image/png"));
        assertArrayEquals(image, logo.getInputStream().readAllBytes());
        var data = mixed.getBodyPart(1);
        assertEquals("attachment", data.getDisposition());
        assertEquals("data.bin", data.getFileName());
        assertTrue(data.isMimeType("application/octet-stream"));
        assertArrayEquals(file, data.getInputStream().readAllBytes());
    }

    @Test
    void everyShapeOfMailTravelsAnywhereAndIsAsLongAsItSays() throws Exception {
        for (int shape = 0; shape < 64; shape++) {
            Attachment[] attachments = shape(shape >> 2);
            var draft = Mails.bodies((shape & 1) != 0 ? "tüxt" : "", (shape & 2) != 0 ? "<p>" : "", attachments);
            byte[] mail = Mails.bytes(draft);
            Mails.assertTravelsAnywhere(mail);
            assertEquals(mail.length, Mails.COMPOSER.compose(draft).mail().data().size());
            assertEquals(attachments.length, text(mail).split("filename=", -1).length - 1, text(mail));
        }
    }

    private static Attachment[] shape(int bits) {
        var all = new Attachment[Integer.bitCount(bits)];
        for (int i = 0, at = 0; i < 4; i++) {
            if ((bits & 1 << i) != 0) {
                all[at++] = new Attachment("f" + i, i % 2 == 0 ? "" : "image/png", ContentSource.of(random(i, i * 57)),
                        i > 1 ? "id" + i : "");
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 54, 55, 56, 57, 58, 113, 114, 7_295, 7_296, 7_297, 14_592, 100_000})
    void attachmentsOfAnyLengthArriveUnchanged(int length) throws Exception {
        byte[] content = random(length, length);
        byte[] mail = Mails.bytes(Mails.bodies("t", "", Mails.file("f", content)));
        Mails.assertTravelsAnywhere(mail);
        var parts = (MimeMultipart) JakartaMime.read(mail).getContent();
        assertArrayEquals(content, parts.getBodyPart(1).getInputStream().readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "Größe.pdf", "日本語の名前.docx", "with \"quotes\" and \\ back.txt", "a;b=c.txt",
        "very-long-name-very-long-name-very-long-name-very-long-name-very-long-name-very-long-name.txt", "😀.png",
        "a\tb", "../../etc/passwd", "=?utf-8?q?x?=.txt", "ü;filename=evil.exe"})
    void aFileNameOfAnyCharactersIsReadAsItWasWritten(String name) throws Exception {
        byte[] mail = Mails.bytes(Mails.bodies("t", "", Mails.file(name, new byte[1])));
        Mails.assertTravelsAnywhere(mail);
        BodyPart part = ((MimeMultipart) JakartaMime.read(mail).getContent()).getBodyPart(1);
        assertEquals(name, part.getFileName());
    }

    @Test
    void aTextFileIsGivenNoCharsetThatNobodyHasTold() {
        String mail = Mails.string(Mails.bodies("t", "",
                new Attachment("", "text/csv", ContentSource.of(new byte[1]), "")));
        assertTrue(mail.contains("\r\nContent-Type: text/csv\r\n"), mail);
    }

    @Test
    void theLongestFileNamesStayWithinTheLineLimitAndLongerOnesAreRefused() throws Exception {
        for (String name : new String[] {"n".repeat(255), "\"".repeat(255), "ü".repeat(127), "日".repeat(85)}) {
            byte[] mail = Mails.bytes(Mails.bodies("t", "", Mails.file(name, new byte[1])));
            Mails.assertTravelsAnywhere(mail);
            assertEquals(name, ((MimeMultipart) JakartaMime.read(mail).getContent()).getBodyPart(1).getFileName());
            assertThrows(DraftException.class, () ->
                    Mails.bytes(Mails.bodies("t", "", Mails.file(name + "ü", new byte[1]))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "image/", "/png", "image/png extra", "imäge/png", "multipart/mixed",
        "message/partial", "message/delivery-status", "a b/c", "a/b; c", "a/b; c=\"d", "a/b; c=d e", "a/b (c)", ";"})
    void aTypeThatCannotBeCarriedIsRefused(String type) {
        var attachment = new Attachment("f", type, ContentSource.of(new byte[1]), "");
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.bodies("t", "", attachment)));
        assertTrue(e.getMessage().startsWith("attachment type[0] \"" + type + "\""), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"a.pdf, application/pdf", "A.PNG, image/png", "a.tar.gz, application/gzip", "invite.ics, text/calendar",
        "x.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a#b.csv, text/csv",
        "no-end, application/octet-stream", "odd.zzz, application/octet-stream", "mail.eml, application/octet-stream",
        ".png, image/png", "ü.jpg, image/jpeg"})
    void aTypeThatNobodyGaveIsGuessedFromTheName(String name, String type) throws Exception {
        assertEquals(type, typeOf(name, new byte[] {1, 2, 3}));
    }

    @Test
    void aTypeThatNoNameTellsIsGuessedFromTheFirstOctets() throws Exception {
        assertEquals("application/pdf", typeOf("", "%PDF-1.7 …".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("application/zip", typeOf("x", "PK\3\4…".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("image/gif", typeOf("x", "GIF89a…".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("image/png", typeOf("x", new byte[] {(byte) 137, 80, 78, 71, 13, 10, 26, 10, 0}));
        assertEquals("application/octet-stream", typeOf("x", "<html>".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("application/octet-stream", typeOf("", new byte[0]));
    }

    private static String typeOf(String name, byte[] content) throws Exception {
        var parts = (MimeMultipart) Mails.read(Mails.bodies("t", "", Mails.file(name, content))).getContent();
        return new ContentType(parts.getBodyPart(1).getContentType()).getBaseType();
    }

    @Test
    void aParameterOfATypeStaysWholeAndAForeignNameInItGoes() throws Exception {
        String value = "value ".repeat(40).strip();
        var attachment = new Attachment("our.bin", "Application/X-Any; Long=\"" + value
                + "\"; name*0=foreign; q=\"a\\\"b\"", ContentSource.of(new byte[1]), "");
        byte[] mail = Mails.bytes(Mails.bodies("t", "", attachment));
        Mails.assertTravelsAnywhere(mail);
        assertTrue(text(mail).contains("long=\"" + value + "\""), text(mail));
        var parts = (MimeMultipart) JakartaMime.read(mail).getContent();
        var type = new ContentType(parts.getBodyPart(1).getContentType());
        assertEquals("a\"b", type.getParameter("q"));
        assertEquals("our.bin", type.getParameter("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject: inner\r\n\r\nbody\r\n", "Subject: inner\n\nbody", "Subject: in\r\rbody\r",
        "Subject: inner\r\n\r\n8 bits: \u00fc\r\n", ""})
    void aMailInAMailTravelsAsItIsWithTheLineEndsOfMail(String inner) throws Exception {
        var content = ContentSource.of(inner.getBytes(StandardCharsets.UTF_8));
        var attachment = new Attachment("inner.eml", "message/rfc822", content, "");
        var composed = Mails.COMPOSER.compose(Mails.bodies("t", "", attachment));
        byte[] mail = JakartaMime.bytes(composed);
        assertEquals(mail.length, composed.mail().data().size());
        String clean = inner.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        String all = new String(mail, StandardCharsets.UTF_8);
        assertTrue(all.contains("filename=inner.eml\r\n\r\n" + clean + "\r\n--"), all);
        boolean eightBit = inner.contains("\u00fc");
        assertEquals(eightBit, composed.mail().data().eightBit());
        assertFalse(composed.mail().envelope().needsUtf8());
        String encoding = eightBit ? "8bit" : "7bit";
        assertTrue(all.contains("Content-Transfer-Encoding: " + encoding + "\r\nContent-Disp"), all);
        if (inner.contains("inner\r\n")) {
            var read = ((MimeMultipart) JakartaMime.read(mail).getContent()).getBodyPart(1).getContent();
            assertEquals("inner", ((MimeMessage) read).getSubject());
        }
    }

    @Test
    void whatNoMailMayHoldIsNotSentAsAMailInAMail() {
        for (String inner : new String[] {"a\0b", "x".repeat(999)}) {
            var content = ContentSource.of(inner.getBytes(StandardCharsets.UTF_8));
            var attachment = new Attachment("f", "message/rfc822", content, "");
            var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.bodies("t", "", attachment)));
            assertTrue(e.getMessage().startsWith("attachment content[0] is no mail"), e.getMessage());
        }
    }

    @Test
    void anInvitationIsTheRichestAlternativeAndNoAttachment() throws Exception {
        byte[] calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Grüße\r\n".getBytes(StandardCharsets.UTF_8);
        var invitation = new Attachment("invite.ics", "text/calendar; method=REQUEST", ContentSource.of(calendar), "");
        var file = Mails.file("a.bin", new byte[9]);
        var both = multipart(Mails.read(Mails.bodies("text", "<p>", invitation)).getContent(),
                "multipart/alternative", "alternative", 3);
        assertInvitation(both.getBodyPart(2), calendar);
        var mixed = multipart(Mails.read(Mails.bodies("text", "", file, invitation)).getContent(),
                "multipart/mixed", "mixed", 2);
        var alternative = multipart(mixed.getBodyPart(0), "alternative", 2);
        assertInvitation(alternative.getBodyPart(1), calendar);
        mixed = multipart(Mails.read(Mails.bodies("", "", file, invitation)).getContent(),
                "multipart/mixed", "mixed", 2);
        assertInvitation(mixed.getBodyPart(0), calendar);
        assertInvitation(Mails.read(Mails.bodies("", "", invitation)), calendar);
        var plain = new Attachment("cal.ics", "text/calendar", ContentSource.of(calendar), "");
        mixed = multipart(Mails.read(Mails.bodies("text", "", plain)).getContent(), "multipart/mixed", "mixed", 2);
        assertEquals("attachment", mixed.getBodyPart(1).getDisposition());
    }

    private static void assertInvitation(Part part, byte[] calendar) throws Exception {
        var type = new ContentType(part.getContentType());
        assertTrue(type.match("text/calendar"), type.toString());
        assertEquals("REQUEST", type.getParameter("method"));
        assertEquals("UTF-8", type.getParameter("charset"));
        assertNull(part.getDisposition());
        assertArrayEquals(calendar, part.getInputStream().readAllBytes());
    }

    @Test
    void anAttachmentThatShrankIsAnErrorAndNotAShorterMail() {
        var shrinking = new ContentSource() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }
        };
        var mail = Mails.COMPOSER.compose(Mails.bodies("t", "", new Attachment("f", "", shrinking, ""))).mail();
        assertThrows(IOException.class, () -> mail.data().writeTo(new ByteArrayOutputStream()));
    }

    private static MimeMultipart multipart(BodyPart part, String subtype, int count) throws Exception {
        return multipart(part.getContent(), part.getContentType(), subtype, count);
    }

    private static MimeMultipart multipart(Object content, String type, String subtype, int count) throws Exception {
        assertTrue(new ContentType(type).match("multipart/" + subtype), type);
        assertEquals(count, ((MimeMultipart) content).getCount());
        return (MimeMultipart) content;
    }

    private static String text(byte[] mail) {
        return new String(mail, StandardCharsets.US_ASCII);
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
