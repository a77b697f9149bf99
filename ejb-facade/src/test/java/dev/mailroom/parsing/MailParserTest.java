package dev.mailroom.parsing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mails mean, in the forms in which they come. */
final class MailParserTest {
    private static final Duration GENEROUS = Duration.ofMinutes(1);

    private static ParsedMail read(String mail) {
        return MailParser.parse(mail.replace("\n", "\r\n").getBytes(ISO_8859_1));
    }

    private static ReceivedHeader header(String fields) {
        return read(fields + "\n\nx").header();
    }

    @Test
    void aMailIsItsTextsAndFiles() {
        ParsedMail mail = read(DamagedMailsTest.CORPUS.get(0));
        assertEquals("text \u00e4 goes on", mail.text());
        assertEquals("<p>html</p>", mail.html());
        assertEquals(List.of("\u00e4.pdf", ""), mail.parts().stream().map(ParsedPart::name).toList());
        assertArrayEquals(new byte[] {0, 1, 2, 3}, mail.parts().get(0).content());
        assertEquals("application/pdf", mail.parts().get(0).contentType());
        assertEquals("Subject: inner\r\n\r\ninner text", new String(mail.parts().get(1).content(), UTF_8));
        assertEquals("\u00e4\u00e4", mail.header().text("subject"));
        assertEquals(Instant.parse("2022-03-01T09:00:00Z"), mail.header().date().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "=?utf-8?q?a_b=3F?= c|a b? c",
        "=?utf-8?b?w6Q=?= =?utf-8?b?w7Y=?=|\u00e4\u00f6",
        "=?utf-8?b?8J8=?= =?utf-8?b?mIA=?=|\ud83d\ude00",
        "a =?us-ascii*en?q?b?= =?x|a b =?x",
        "=?nonsense?q?a=C3=A4?=|a\u00e4",
        "=?utf-8?q?no end|=?utf-8?q?no end",
        "=?windows-1252?Q?=80?=|\u20ac",
        "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=|\u65e5\u672c",
        "=?utf-8?q?a=0D=0ABcc:_x?=|a  Bcc: x"})
    void encodedWordsAreText(String encoded, String text) {
        assertEquals(text, header("Subject: " + encoded).text("Subject"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a@x.org|a@x.org",
        "Ann <a@x.org>|Ann <a@x.org>",
        "\"Doe, Ann\" <a@x.org>|\"Doe, Ann\" <a@x.org>",
        "a@x.org (Ann (the first))|Ann the first <a@x.org>",
        "\"a b\"@x.org|\"a b\"@x.org",
        "<@relay.org,@b:a@x.org>|a@x.org",
        "friends: ;|",
        "undisclosed-recipients:;|",
        "=?utf-8?q?J=C3=BC,rg?= <a@x.org>|\"J\u00fc,rg\" <a@x.org>",
        "\"=?utf-8?q?J=C3=BC?=\" <a@x.org>|J\u00fc <a@x.org>",
        "a@[IPv6:2001:db8::1]|a@[IPv6:2001:db8::1]",
        "Ann <a@x.org|Ann <a@x.org>",
        "root|root",
        ",,;|",
        "\"never closed <a@x.org>|never closed <a@x.org>"})
    void mailboxesAreReadInWhateverForm(String field, String mailbox) {
        assertEquals(mailbox == null ? List.of() : List.of(mailbox), header("To: " + field).mailboxes("To"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "filename=a.txt|a.txt",
        "filename=a b.txt|a b.txt",
        "filename=\"a;\\\"b.txt\"|a;\"b.txt",
        "filename*=UTF-8''%e4%b8%ad.txt; filename=x|\u4e2d.txt",
        "filename*0=a; filename*1=\"b.txt\"|ab.txt",
        "filename*0*=iso-8859-1'de'%fc; filename*1*=%e4; filename*2=.txt|\u00fc\u00e4.txt",
        "filename=\"=?utf-8?b?w6Q=?=\"|\u00e4",
        "filename=\"..\\..\\x\"|....x",
        "FILENAME = a.txt ; x=y|a.txt",
        "filename*1=b; filename*0=a|ab"})
    void fileNamesAreReadInWhateverForm(String parameter, String name) {
        ParsedMail mail = read("Content-Type: application/x\nContent-Disposition: attachment; " + parameter + "\n\nx");
        assertEquals(name, mail.parts().get(0).name());
    }

    @ParameterizedTest
    @CsvSource({"utf-8,\u00e4\u20ac", "iso-8859-1,\u00e4\u20ac", "windows-1251,\u0436", "koi8-r,\u0436",
        "iso-2022-jp,\u65e5\u672c", "shift_jis,\u65e5\u672c", "gb2312,\u4e2d", "utf-16,\u00e4",
        "ks_c_5601-1987,\ud55c"})
    void aDeclaredCharsetIsBelieved(String charset, String text) {
        Charset encoding = Charset.forName(charset.equals("iso-8859-1") ? "windows-1252" : charset);
        byte[] head = ("Content-Type: text/plain; charset=\"" + charset + "\"\r\n\r\n").getBytes(ISO_8859_1);
        assertEquals(text, MailParser.parse(joined(head, text.getBytes(encoding))).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us-ascii", "unknown-8bit", "x-\u0000", "utf-8"})
    void otherwiseOctetsAreUtf8OrWestern(String charset) {
        byte[] head = ("Content-Type: text/plain; charset=" + charset + "\r\n\r\n").getBytes(ISO_8859_1);
        assertEquals("\u00e4\u4e2d", MailParser.parse(joined(head, "\u00e4\u4e2d".getBytes(UTF_8))).text());
        assertEquals("\u00e4\u20ac", MailParser.parse(joined(head, new byte[] {(byte) 0xe4, (byte) 0x80})).text());
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void headersBeyondAsciiAreText() {
        assertEquals("gr\u00fc\u00dfe", MailParser.parse("Subject: gr\u00fc\u00dfe\r\n\r\n".getBytes(UTF_8)).header()
                .text("Subject"));
        assertEquals("gr\u00fc\u00dfe", read("Subject: gr\u00fc\u00dfe\n\n").header().text("Subject"));
    }

    @Test
    void imagesOfTheHtmlAreNoTexts() {
        ParsedMail mail = read("""
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: text/html

                <img src="cid:i">
                --r
                Content-Type: text/plain
                Content-ID: <i@x>

                beside
                --r--
                """);
        assertEquals("", mail.text());
        assertEquals("i@x", mail.parts().get(0).identifier());
    }

    @Test
    void aFooterBehindAnAttachmentIsPartOfTheText() {
        ParsedMail mail = read("""
                Content-Type: multipart/mixed; boundary=m

                --m

                text
                --m
                Content-Disposition: attachment; filename=notes.txt

                file
                --m

                footer
                --m--
                """);
        assertEquals("text\nfooter", mail.text());
        assertEquals("notes.txt", mail.parts().get(0).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/mixed", "multipart/mixed; boundary=", "multipart/mixed; boundary=other",
        "multipart/mixed; boundary=\"never closed"})
    void whatCannotBeTakenApartIsAnAttachment(String type) {
        ParsedMail mail = read("Content-Type: " + type + "\n\n--x\n\ntext\n");
        assertEquals(1, mail.parts().size());
        assertTrue(new String(mail.parts().get(0).content(), UTF_8).endsWith("--x\r\n\r\ntext\r\n"));
        assertEquals("application/octet-stream", mail.parts().get(0).contentType());
    }

    @Test
    void withoutTheLastDelimiterTheLastPartGoesOnToTheEnd() {
        assertEquals("text\n", read("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n").text());
    }

    @Test
    void withoutAnEmptyLineTheTextBeginsWhereNoFieldIs() {
        ParsedMail mail = read("Subject: s\nthis is no field\nnor this\n");
        assertEquals("s", mail.header().text("Subject"));
        assertEquals("this is no field\nnor this\n", mail.text());
        assertEquals("no header\n", read("no header\n").text());
    }

    @Test
    void base64IsReadPastItsPaddingAndWhateverDoesNotBelongThere() {
        assertEquals("abab", read("Content-Transfer-Encoding: BASE64\n\nY!W I=\n--\nYWI=").text());
    }

    @Test
    void mailsWithinADigestAreMails() {
        ParsedMail mail = read("Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: one\n\ntext\n--d--\n");
        assertEquals("message/rfc822", mail.parts().get(0).contentType());
    }

    @Test
    void depthHasAnEnd() {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i).append('\n');
        }
        ParsedMail read = assertTimeoutPreemptively(GENEROUS, () -> read(mail + "\nthe end"));
        assertEquals(1, read.parts().size());
    }

    @Test
    void theNumberOfPartsHasAnEnd() {
        String mail = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: a/b\n\nx\n".repeat(50_000);
        ParsedMail read = assertTimeoutPreemptively(GENEROUS, () -> read(mail));
        assertEquals(ParsingLimits.DEFAULTS.parts() - 1, read.parts().size());
        assertTrue(read.parts().get(read.parts().size() - 1).content().length > 100_000);
    }

    @Test
    void whatIsBeyondTheNumberOfPartsStaysTogetherAsItIs() {
        String part = "--b\r\nContent-Type: a/b; name=n.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n";
        byte[] mail = ("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part.repeat(5) + "--b--\r\n")
                .getBytes(UTF_8);
        List<ParsedPart> all = MailParser.parse(mail, new ParsingLimits(3, 6, 1000, 1000)).parts();
        assertEquals(List.of("ABC", "ABC", "ABC", "ABC", "ABC"),
                all.stream().map(one -> new String(one.content(), UTF_8)).toList());
        List<ParsedPart> some = MailParser.parse(mail, new ParsingLimits(3, 4, 1000, 1000)).parts();
        assertEquals(List.of("n.txt", "n.txt", ""), some.stream().map(ParsedPart::name).toList());
        assertEquals("application/octet-stream", some.get(2).contentType());
        assertEquals(part.repeat(3).substring("--b\r\n".length()) + "--b--\r\n",
                new String(some.get(2).content(), UTF_8));
    }

    @Test
    void theLengthOfAHeaderHasAnEnd() {
        ParsedMail read = assertTimeoutPreemptively(GENEROUS,
                () -> read("A: b\n".repeat(500_000) + "Subject: late\n\ntext"));
        assertTrue(read.header().fields().size() <= 10_000);
        assertEquals("text", read.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "<", "\"", "=?", "=?a?q?", "\\", "[", ",", "a:", "=?utf-8?q?=?= "})
    void noFieldTakesMoreTimeThanItsLength(String piece) {
        String field = piece.repeat(60_000 / piece.length());
        assertTimeoutPreemptively(GENEROUS, () -> {
            ReceivedHeader header = header("To: " + field + "\nContent-Type: " + field);
            header.mailboxes("To");
            header.text("To");
            return header.parameters("To").get("x");
        });
    }

    @Test
    void aTextBeyondTheLimitIsAnAttachment() {
        ParsedMail mail = MailParser.parse("\r\n0123456789".getBytes(UTF_8), new ParsingLimits(1, 10, 100, 5));
        assertEquals("", mail.text());
        assertEquals(10, mail.parts().get(0).content().length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<p>a<br>b</p><script>x < y</script>c|a\\nb\\nc",
        "a &lt;b&gt; &auml;&#228;&#xe4; &nope;|a <b> \u00e4\u00e4\u00e4 &nope;",
        "1 < 2 <!-- hidden --> <b>3</b>|1 < 2 3",
        "<style>never closed|", "&#xD800;&#0;|\ufffd\ufffd"})
    void htmlHasAText(String html, String text) {
        assertEquals(text == null ? "" : text.replace("\\n", "\n"), HtmlText.of(html));
    }
}
