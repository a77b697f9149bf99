package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.mime.DraftException.Part;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxesTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "a@b", "jane.doe+tag@mail.example.com", "!#$%&'*+-/=?^_`{|}~@example.org", "\"john doe\"@example.org",
        "\"a\\\"b\"@example.org", "\"a@b\"@example.org", "\"(c)\"@example.org",
        "x@[192.0.2.1]", "x@[IPv6:2001:db8::1]", "x@[IPv6:::ffff:192.0.2.1]", "1@2.3", "a@xn--mller-kva.example"})
    void aGoodAddressReachesEnvelopeAndHeaderUnchanged(String address) throws Exception {
        var composed = Mails.COMPOSER.compose(Mails.to(address, "A Name <" + address + ">"));
        assertEquals(List.of(address), composed.mail().envelope().forwardPaths());
        for (var read : JakartaMime.read(JakartaMime.bytes(composed)).getRecipients(RecipientType.TO)) {
            assertEquals(address, ((InternetAddress) read).getAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b c", "a..b@c", ".a@c", "a.@c", "a@.b", "a@b.", "a@b..c",
        "a@-b.c", "a@b-.c", "a@b_c", "a@b,c@d", "a@b;c@d", "a@b, c@d", "a@b <c@d>", "Doe, J <a@b>", "G: a@b;", "<a@b",
        "a@b>", "<<a@b>>", "<>", "x <a@b> y", "x <a @b>", "x < a@b>", "x <@r,@s:a@b>", "a(c)@b", "a@b(c)",
        "\"a@b", "a\"b@c", "\"\"@b", "\"a\"b@c", "\"a\\\"@b", "\"n <a@b>", "\"a<b\"@c", "\"a>b\"@c", "\"a\\<\"@c",
        "a@[1.2.3]", "a@[1.2.3.4.5]", "a@[256.1.1.1]", "a@[IPv6:xyz]", "a@[IPv6:1.2.3.4]", "a@[example.org]", "a@[]",
        "a@[1.2.3.4", "a@b> SIZE=1", "a@b NOTIFY=NEVER", "a\\@b@c", "a@b\uff20c", "a@b\u3002", "a@\u200bb.c",
        "\u202ea@b.c", "a\u00a0b@c.d", "a@\ud800b.c", "a\ufeff@b.c"})
    void whatIsNotExactlyOneMailboxIsRefusedWithItsValue(String entry) {
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.to("ok@example.org", entry)));
        assertEquals(Part.TO, e.part());
        assertEquals(1, e.index());
        assertTrue(e.getMessage().startsWith("to[1] " + PrintableValue.quoted(entry)), e.getMessage());
    }

    @Test
    void lengthsStopWhereTheStandardStops() {
        String label = "d".repeat(63);
        String domain = label + "." + label + "." + "d".repeat(61);
        assertEquals(254, ("l".repeat(64) + "@" + domain).length());
        Mails.bytes(Mails.to("l".repeat(64) + "@" + domain));
        assertThrows(DraftException.class, () -> Mails.bytes(Mails.to("l".repeat(65) + "@b")));
        assertThrows(DraftException.class, () -> Mails.bytes(Mails.to("l".repeat(64) + "@" + domain + "d")));
        assertThrows(DraftException.class, () -> Mails.bytes(Mails.to("l@" + label + "d")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"\\\\\"@example.org", "\"a\\\\\"@example.org", "\"a \\\" \\\\\"@example.org", "\"a, b\"@example.org"})
    void aLegalQuotedLocalPartIsWrittenThoughJakartaMailSeesNoEndOfItsQuotes(String address) throws Exception {
        var composed = Mails.COMPOSER.compose(Mails.to(address, "\"A, \\\"B\\\"\" <" + address + ">"));
        assertEquals(List.of(address), composed.mail().envelope().forwardPaths());
        String header = JakartaMime.header(JakartaMime.bytes(composed));
        assertTrue(header.replace("\r\n\t", " ").replace("\r\n ", " ").contains(
                "To: <" + address + ">, \"A, \\\"B\\\"\" <" + address + ">\r\n"), header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.c, d@e.f", "a@b.c;d@e.f", "G: a@b.c;", "a@b.c,", "\"x\"@b.c, d@e.f"})
    void aListInOneEntryIsToldThatAnEntryIsOneAddress(String entry) {
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.to(entry)));
        assertTrue(e.getMessage().contains("one address an entry"), e.getMessage());
    }

    @Test
    void aNameInQuotesMayStandInFrontOfAnAddressOfAnyScript() throws Exception {
        var composed = Mails.COMPOSER.compose(Mails.to("\"A. B\" <संपर्क@डाटामेल.भारत>"));
        assertEquals(List.of("संपर्क@डाटामेल.भारत"), composed.mail().envelope().forwardPaths());
        assertTrue(composed.mail().envelope().needsUtf8());
        String header = JakartaMime.header(JakartaMime.bytes(composed));
        assertTrue(header.contains("\r\nTo: \"A. B\" <संपर्क@डाटामेल.भारत>\r\n"), header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"John  Smith\" <j@example.org>", "John  Smith <j@example.org>",
        "\" John\" <j@example.org>", "\"John \" <j@example.org>"})
    void spacesThatReadersWouldCollapseStandInQuotes(String mailbox) throws Exception {
        String name = mailbox.substring(0, mailbox.indexOf('<') - 1).replace("\"", "");
        var mail = Mails.string(Mails.to(mailbox));
        assertTrue(mail.contains("\r\nTo: \"" + name + "\" <j@example.org>\r\n"), mail);
    }

    @Test
    void anAddressBeyondAsciiAnywhereInTheHeaderNeedsSmtpUtf8() {
        for (Draft draft : List.of(
                with("grå@example.org", HeaderField.of("X-A", "å")),
                with("", HeaderField.ofMailboxes("Disposition-Notification-To", Part.FROM, List.of("grå@example.org"))),
                with("", new HeaderField("X-Raw", "å")))) {
            assertTrue(Mails.COMPOSER.compose(draft).mail().envelope().needsUtf8(), draft.toString());
        }
        assertFalse(Mails.COMPOSER.compose(with("a@grå.example", HeaderField.of("X-A", "å"))).mail().envelope()
                .needsUtf8());
    }

    private static Draft with(String replyTo, HeaderField extra) {
        return new Draft("f@x.y", replyTo, Draft.Recipients.of(List.of("t@x.y")), "ü", "ü", "<p>ü", List.of(
                Mails.file("ü", new byte[1])), List.of(extra), "", false, DeliveryNotification.NONE);
    }

    @Test
    void spellingsOfOneAddressAreOneRecipient() {
        var draft = new Draft("f@x.y", "",
                new Draft.Recipients(List.of("Bob@Example.org", "x@[IPv6:2001:DB8::1]", "i@müller.example"),
                List.of("Bob@example.org", "\"Bob\"@example.org", "jürgen@müller.example", "i@xn--MLLER-kva.example"),
                List.of("Bob@EXAMPLE.ORG", "bob@example.org", "x@[IPv6:2001:db8::1]", "jürgen@xn--mller-kva.example",
                        "\"B b\"@x.y", "\"B b\"@X.Y", "\"B\\ b\"@X.Y")),
                "s", "t", "", List.of(), List.of(), "", false, DeliveryNotification.NONE);
        assertEquals(List.of("Bob@Example.org", "x@[IPv6:2001:DB8::1]", "i@xn--mller-kva.example",
                "jürgen@müller.example", "bob@example.org", "\"B b\"@x.y"),
                Mails.COMPOSER.compose(draft).mail().envelope().forwardPaths());
    }

    @Test
    void displayNamesOfAnyCharactersAreReadAsTheyWereWritten() throws Exception {
        var names = Map.of(
                "Jane Doe <a@b.c>", "Jane Doe",
                "\"Doe, Jane\" <a@b.c>", "Doe, Jane",
                "\"x@y.z\" <a@b.c>", "x@y.z",
                "Jürgen Groß <a@b.c>", "Jürgen Groß",
                "田中 太郎 <a@b.c>", "田中 太郎",
                "O'Brien (Sales) <a@b.c>", "O'Brien (Sales)",
                "\"q \\\" b \\\\ <\" <a@b.c>", "q \" b \\ <",
                "=?utf-8?q?x?= <a@b.c>", "=?utf-8?q?x?=",
                "\"😀, \u760a\" <a@b.c>", "😀, \u760a");
        for (var entry : names.entrySet()) {
            InternetAddress read = (InternetAddress) Mails.read(Mails.from(entry.getKey())).getFrom()[0];
            assertEquals(entry.getValue(), read.getPersonal());
            assertEquals("a@b.c", read.getAddress());
        }
    }

    @Test
    void anInternationalDomainTravelsAsALabelsThatEveryServerCarries() throws Exception {
        var composed = Mails.COMPOSER.compose(Mails.to("Grüße <info@Müller.example>"));
        assertEquals(List.of("info@xn--mller-kva.example"), composed.mail().envelope().forwardPaths());
        assertFalse(composed.mail().envelope().needsUtf8());
    }

    @ParameterizedTest
    @CsvSource({"x@straße.de, x@xn--strae-oqa.de", "x@STRASSE.de, x@STRASSE.de", "x@νίκος.gr, x@xn--kxawhkp.gr",
        "x@ශ්\u200dරී.ලංකා, x@xn--10cl1a0b660p.xn--fzc2c9e2c",
        "x@نامه\u200cای.ایران, x@xn--mgba3gch31f060k.xn--mgba3a4f16a",
        "x@faß.Müller.Example, x@xn--fa-hia.xn--mller-kva.example", "x@ｅＸample．ｃｏｍ, x@example.com",
        "x@ﾄﾖﾀ。日本, x@xn--5ckr0h.xn--wgv71a", "x@a｡b, x@a.b"})
    void aDomainOfIdna2008GoesOutAsALabelsAndNeedsNoSmtpUtf8(String address, String travelling) {
        var envelope = Mails.COMPOSER.compose(Mails.to(address)).mail().envelope();
        assertEquals(List.of(travelling), envelope.forwardPaths());
        assertFalse(envelope.needsUtf8());
    }

    @Test
    void withALocalPartBeyondAsciiTheDomainStaysAsPeopleWriteItInLowerCase() {
        assertEquals(List.of("jürgen@straße.müller.example"), Mails.COMPOSER.compose(
                Mails.to("jürgen@Straße.MÜLLER.example")).mail().envelope().forwardPaths());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@℮xample.com", "a@i❤.ws", "a@a\u200cb.de", "a@ü_b.de", "a@-ü.de", "a@ü..de",
        "a@\u0308u.de", "a@1א.de", "a@xn--ü.de", "a@ﬁ.de", "a@ü\u00ad.de", "a@ü／b.de", "a@b\u3002\u3002c",
        "a@ü.xn--a"})
    void aDomainThatIdna2008DoesNotKnowIsRefused(String address) {
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.to(address)));
        assertTrue(e.getMessage().startsWith("to[0] " + PrintableValue.quoted(address) + " has "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@xn--a", "x@xn--a.example", "x@b.xn--", "x@xn--abc-.de", "x@xn--abc.de", "x@XN--A.de",
        "x@xn--mller-kva9999999999.de", "x@xn--99999999.de", "x@xn--mller_kva.de"})
    void anALabelThatEncodesNothingIsRefused(String address) {
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.to(address)));
        assertTrue(e.getMessage().startsWith("to[0] \"" + address + "\" has "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@xn--mller-kva.example", "x@XN--MLLER-KVA.example", "x@xn--i-7iq.ws",
        "x@xn--strae-oqa.de", "x@b.xn--mgba3gch31f060k.xn--mgba3a4f16a", "x@xn--ls8h.la"})
    void anALabelOfVisibleCharactersGoesAsItWasWrittenOfWhicheverEdition(String address) {
        assertEquals(List.of(address), Mails.COMPOSER.compose(Mails.to(address)).mail().envelope().forwardPaths());
    }

    @Test
    void aLocalPartBeyondAsciiNeedsSmtpUtf8AndStandsInTheHeaderAsItIs() throws Exception {
        var composed = Mails.COMPOSER.compose(Mails.to("Jürgen <jürgen@müller.example>"));
        assertTrue(composed.mail().envelope().needsUtf8());
        assertTrue(composed.mail().data().eightBit());
        String header = JakartaMime.header(JakartaMime.bytes(composed));
        assertTrue(header.contains("To: =?UTF-8?Q?J=C3=BCrgen?= <jürgen@müller.example>\r\n"), header);
        var withFile = Draft.of("f@x.y", List.of("jürgen@x.y"), "s", "t");
        withFile = new Draft(withFile.from(), "", withFile.recipients(), "s", "t", "",
                List.of(Mails.file("f", new byte[1])), List.of(), "", false, DeliveryNotification.NONE);
        composed = Mails.COMPOSER.compose(withFile);
        assertTrue(composed.mail().data().eightBit());
        assertTrue(JakartaMime.header(JakartaMime.bytes(composed)).contains("To: jürgen@x.y\r\n"));
    }

    @Test
    void everybodyIsInTheEnvelopeOnceAndBccIsNowhereElse() {
        var draft = new Draft("f@x.y", "",
                new Draft.Recipients(List.of("A <a@x.y>", "b@x.y"), List.of("a@x.y", "c@x.y"),
                List.of("hidden@x.y", "c@x.y")), "s", "t", "", List.of(), List.of(), "", false,
                DeliveryNotification.NONE);
        var composed = Mails.COMPOSER.compose(draft);
        assertEquals(List.of("a@x.y", "b@x.y", "c@x.y", "hidden@x.y"), composed.mail().envelope().forwardPaths());
        String mail = Mails.string(draft);
        assertFalse(mail.contains("hidden"), mail);
        assertFalse(mail.toLowerCase(Locale.ROOT).contains("bcc"), mail);
    }

    @Test
    void aMailToBccAloneNamesNobody() {
        var draft = new Draft("f@x.y", "", new Draft.Recipients(List.of(), List.of(), List.of("hidden@x.y")), "s", "t",
                "", List.of(),
                List.of(), "", false, DeliveryNotification.NONE);
        assertTrue(Mails.string(draft).contains("\r\nTo: undisclosed-recipients:;\r\n"));
    }

    @Test
    void aMailToNobodyIsRefused() {
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.to()));
        assertTrue(e.getMessage().contains("name at least one recipient"), e.getMessage());
    }

    @Test
    void aThousandRecipientsFoldIntoShortLines() throws Exception {
        String[] to = IntStream.range(0, 1000).mapToObj(i -> "Name " + i + " <n" + i + "@example.org>")
                .toArray(String[]::new);
        byte[] mail = Mails.bytes(Mails.to(to));
        Mails.assertTravelsAnywhere(mail);
        assertEquals(1000, JakartaMime.read(mail).getRecipients(RecipientType.TO).length);
        assertTrue(JakartaMime.header(mail).lines().allMatch(line -> line.length() <= 78));
    }

    @ParameterizedTest
    @CsvSource({"a.b-1, bounces+a.b-1", "a..b, bounces+a.-b", ".a., bounces+-a-", "a/b@c, bounces+a/b",
        "'a,(b) ü', bounces+a--b---", "a@@, bounces+a"})
    void whatNoAddressMayHaveIsReplacedInTheEnvelopeSender(String left, String expected) {
        assertEquals(expected + "@example.org", sender("bounces+{id}@example.org", left + "@x.org"));
    }

    @Test
    void aMessageIdOfAnyLengthHasAnEnvelopeSenderOfItsOwn() {
        String one = sender("bounces+{id}@example.org", "x".repeat(200) + "1@x.org");
        String other = sender("bounces+{id}@example.org", "x".repeat(200) + "2@x.org");
        assertNotEquals(one, other);
        for (String address : List.of(one, other, sender("{id}@example.org", "x.".repeat(100) + "y@x.org"))) {
            assertEquals(64, address.indexOf('@'), address);
        }
        String fits = "x".repeat(56);
        assertEquals("bounces+" + fits + "@example.org", sender("bounces+{id}@example.org", fits + "@x.org"));
        String long60 = "b".repeat(60);
        assertEquals(long60 + "@example.org", sender(long60 + "{id}@example.org", "x".repeat(10) + "@x.org"));
        assertEquals("from@example.org", sender("b@{id}.example.org", "a_b@x.org"));
        assertThrows(DraftException.class, () -> sender("b {id}@example.org", "x@x.org"));
    }

    @Test
    void aComposedMailWithALongMessageIdLeavesToo() {
        Draft draft = new Draft("from@example.org", "", Draft.Recipients.of(List.of("to@example.org")), "", "text", "",
                List.of(), List.of(), "x".repeat(100) + "..y@x.org", false, DeliveryNotification.NONE,
                new Draft.Origin(List.of(), "", "bounces+{id}@example.org", Optional.empty()));
        ComposedMail composed = Mails.COMPOSER.compose(draft);
        assertEquals("x".repeat(100) + "..y@x.org", composed.messageId());
        assertTrue(composed.mail().envelope().reversePath().startsWith("bounces+xxx"));
    }

    private static String sender(String envelopeSender, String messageId) {
        return Composer.envelope(new Draft("from@example.org", "", Draft.Recipients.of(List.of("to@example.org")), "",
                "", "", List.of(), List.of(), messageId, false, DeliveryNotification.NONE,
                new Draft.Origin(List.of(), "", envelopeSender, Optional.empty())), false).reversePath();
    }
}
