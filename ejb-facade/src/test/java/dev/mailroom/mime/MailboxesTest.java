package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.mime.DraftException.Part;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        for (var read : JakartaMail.read(JakartaMail.bytes(composed)).getRecipients(RecipientType.TO)) {
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
        "a@[1.2.3.4", "a@b> SIZE=1", "a@b NOTIFY=NEVER", "a\\@b@c", "a@b\uff20c", "a@b\u3002c", "a@\u200bb.c",
        "\u202ea@b.c", "a\u00a0b@c.d", "a@\ud800b.c", "a\ufeff@b.c"})
    void whatIsNotExactlyOneMailboxIsRefusedWithItsValue(String entry) {
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.to("ok@example.org", entry)));
        assertEquals(Part.TO, e.part());
        assertEquals(1, e.index());
        assertTrue(e.getMessage().startsWith("to[1] " + Visible.quoted(entry)), e.getMessage());
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

    @Test
    void anAddressThatOneReaderCannotReadBackIsRefused() {
        // A quoted local part of one backslash: correct, and yet Jakarta Mail's parser sees no end of the quotes.
        var e = assertThrows(DraftException.class, () -> Mails.bytes(Mails.to("\"\\\\\"@example.org")));
        assertTrue(e.getMessage().contains("cannot be written so that every reader sees the same"), e.getMessage());
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

    @Test
    void aDomainThatTheOldMappingWouldTurnIntoAnotherIsLeftAlone() {
        var envelope = Mails.COMPOSER.compose(Mails.to("info@straße.example")).mail().envelope();
        assertEquals(List.of("info@straße.example"), envelope.forwardPaths());
        assertTrue(envelope.needsUtf8());
    }

    @Test
    void aLocalPartBeyondAsciiNeedsSmtpUtf8AndStandsInTheHeaderAsItIs() throws Exception {
        var composed = Mails.COMPOSER.compose(Mails.to("Jürgen <jürgen@müller.example>"));
        assertTrue(composed.mail().envelope().needsUtf8());
        assertTrue(composed.mail().data().eightBit());
        String header = JakartaMail.header(JakartaMail.bytes(composed));
        assertTrue(header.contains("To: =?UTF-8?Q?J=C3=BCrgen?= <jürgen@müller.example>\r\n"), header);
        var withFile = Draft.of("f@x.y", List.of("jürgen@x.y"), "s", "t");
        withFile = new Draft(withFile.from(), "", withFile.to(), List.of(), List.of(), "s", "t", "",
                List.of(Mails.file("f", new byte[1])), List.of(), "", false, DeliveryNotification.NONE);
        composed = Mails.COMPOSER.compose(withFile);
        assertTrue(composed.mail().data().eightBit());
        assertTrue(JakartaMail.header(JakartaMail.bytes(composed)).contains("To: jürgen@x.y\r\n"));
    }

    @Test
    void everybodyIsInTheEnvelopeOnceAndBccIsNowhereElse() {
        var draft = new Draft("f@x.y", "", List.of("A <a@x.y>", "b@x.y"), List.of("a@x.y", "c@x.y"),
                List.of("hidden@x.y", "c@x.y"), "s", "t", "", List.of(), List.of(), "", false,
                DeliveryNotification.NONE);
        var composed = Mails.COMPOSER.compose(draft);
        assertEquals(List.of("a@x.y", "b@x.y", "c@x.y", "hidden@x.y"), composed.mail().envelope().forwardPaths());
        String mail = Mails.string(draft);
        assertFalse(mail.contains("hidden"), mail);
        assertFalse(mail.toLowerCase(Locale.ROOT).contains("bcc"), mail);
    }

    @Test
    void aMailToBccAloneNamesNobody() {
        var draft = new Draft("f@x.y", "", List.of(), List.of(), List.of("hidden@x.y"), "s", "t", "", List.of(),
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
        assertEquals(1000, JakartaMail.read(mail).getRecipients(RecipientType.TO).length);
        assertTrue(JakartaMail.header(mail).lines().allMatch(line -> line.length() <= 78));
    }
}
