package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"hello", "Grüße aus Köln", "日本語の件名はこのように長い長い長い長い長い長い長い長い長い長い長い長い件名です", "😀😀😀😀",
        "=?utf-8?q?not_encoded?=", "a =? b", "tab\tinside", "bell\u0007", "\u007f", "ends with ü", "a  b", "𝄞"})
    void aSubjectOfAnyCharactersIsReadAsItWasWritten(String subject) throws Exception {
        byte[] mail = Mails.bytes(Mails.subject(subject));
        Mails.assertTravelsAnywhere(mail);
        assertEquals(subject, JakartaMime.read(mail).getSubject());
    }

    @Test
    void aWordOrGapTooLongForALineIsEncodedInsteadOfBreakingTheLimit() throws Exception {
        for (String subject : List.of("x".repeat(3000), "y " + "x".repeat(990), "a" + " ".repeat(3000) + "b")) {
            byte[] mail = Mails.bytes(Mails.subject(subject));
            Mails.assertTravelsAnywhere(mail);
            assertEquals(subject, JakartaMime.read(mail).getSubject());
        }
        for (String name : List.of("n".repeat(3000), "\"" + "n,".repeat(1500) + "\"")) {
            byte[] mail = Mails.bytes(Mails.from(name + " <a@b.c>"));
            Mails.assertTravelsAnywhere(mail);
            assertEquals("a@b.c", ((jakarta.mail.internet.InternetAddress) JakartaMime.read(mail).getFrom()[0])
                    .getAddress());
        }
    }

    @Test
    void noLineWithAnEncodedWordIsLongerThanSeventySixCharacters() throws Exception {
        for (int length = 1; length < 160; length++) {
            for (String letter : List.of("x", "ü", "日", "😀", "a ")) {
                for (String subject : List.of(letter.repeat(length) + "ü", "ü" + letter.repeat(length))) {
                    byte[] mail = Mails.bytes(Mails.subject(subject));
                    assertEquals(subject, JakartaMime.read(mail).getSubject());
                    assertTrue(JakartaMime.header(mail).lines().allMatch(line -> line.length() <= 76),
                            JakartaMime.header(mail));
                }
            }
        }
    }

    @Test
    void aFieldWithALongNameFoldsBeforeItsFirstWord() {
        for (int length = 1; length < 75; length++) {
            HeaderField field = HeaderField.of("X".repeat(length), "😀 über allen Gipfeln ist Ruh, in allen Wipfeln");
            assertTrue((field.name() + ": " + field.value()).lines().allMatch(line -> line.length() <= 76),
                    field.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\ud83d", "\udc00x", "\ud83d\ud83d\ude00", "a\ude00\ud83db"})
    void halfASurrogatePairIsRefusedWhereverItStands(String value) {
        for (Draft draft : List.of(Mails.subject(value), Mails.from("\"" + value + "\" <a@b.c>"),
                Mails.bodies(value, ""), Mails.bodies("", value), Mails.bodies("t", "", Mails.file(value, new byte[1])),
                Mails.to(value + "@b.c"), Mails.to("a@" + value + ".c"))) {
            var e = assertThrows(DraftException.class, () -> Mails.bytes(draft));
            assertTrue(e.getMessage().contains("half a surrogate pair, \\ud"), e.getMessage());
            assertTrue(e.getMessage().chars().noneMatch(c -> Character.isSurrogate((char) c))
                    || value.contains("\ud83d\ude00"), e.getMessage());
        }
        assertThrows(DraftException.class, () -> HeaderField.of("X-A", value));
    }

    @Test
    void theHeaderHoldsTheseFieldsAndNoOthers() {
        var draft = new Draft("f@x.y", "r@x.y",
                new Draft.Recipients(List.of("t@x.y"), List.of("c@x.y"), List.of("b@x.y")), "s", "t", "",
                List.of(), List.of(HeaderField.of("X-Priority", "1")), "", false, DeliveryNotification.NONE);
        List<String> names = JakartaMime.header(Mails.bytes(draft)).lines()
                .map(line -> line.substring(0, line.indexOf(':'))).collect(Collectors.toList());
        assertEquals(List.of("Date", "From", "Reply-To", "To", "Cc", "Message-ID", "Subject", "MIME-Version",
                "Content-Type", "Content-Transfer-Encoding", "X-Priority"), names);
    }

    @Test
    void theDateIsTheClocksInItsZone() {
        assertTrue(Mails.string(Mails.subject("s")).startsWith("Date: Sun, 1 Mar 2026 10:09:10 +0200\r\n"));
    }

    @Test
    void messageIdsAreUniqueRandomAndInTheSendersDomain() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = Mails.COMPOSER.compose(Mails.from("F <f@sender.example>")).messageId();
            assertTrue(id.matches("[0-9a-v]{24}@sender\\.example"), id);
            assertTrue(ids.add(id), id);
        }
    }

    @Test
    void nothingInAMailTellsTheHostOrTheUser() throws Exception {
        String mail = Mails.string(Mails.bodies("t", "<p>h</p>", Mails.file("a.bin", new byte[9])));
        assertFalse(mail.contains(InetAddress.getLocalHost().getHostName() + "\r"), mail);
        assertFalse(mail.contains("@" + InetAddress.getLocalHost().getHostName()), mail);
        assertFalse(mail.contains(System.getProperty("user.name") + "@"), mail);
        assertFalse(mail.contains("X-Mailer") || mail.contains("User-Agent") || mail.contains("JavaMail"), mail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my.id@example.org", "<my.id@example.org>"})
    void aMessageIdOfTheApplicationsOwnIsUsed(String id) throws Exception {
        var draft = new Draft("f@x.y", "", Draft.Recipients.of(List.of("t@x.y")), "s", "t", "", List.of(), List.of(),
                id, false, DeliveryNotification.NONE);
        assertEquals("my.id@example.org", Mails.COMPOSER.compose(draft).messageId());
        assertEquals("<my.id@example.org>", Mails.read(draft).getMessageID());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x", "@", "a@", "@b", "a b@c", "a@b@c", "<a@b", "a<@b", "ü@b", "a\"@b",
        "a@[", "a@[]", "a@[b", "a@[b]c]", "a@[b\\]", "<a@b>\r\nX: y"})
    void aMessageIdThatIsNoneIsRefused(String id) {
        var draft = new Draft("f@x.y", "", Draft.Recipients.of(List.of("t@x.y")), "s", "t", "", List.of(), List.of(),
                id, false, DeliveryNotification.NONE);
        assertThrows(DraftException.class, () -> Mails.COMPOSER.compose(draft));
    }

    @Test
    void anAuthorsDomainLiteralServesForMessageIdsToo() throws Exception {
        assertTrue(Mails.read(Mails.from("f@[192.0.2.1]")).getMessageID().endsWith("@[192.0.2.1]>"));
        assertTrue(Mails.read(Mails.from("jürgen@müller.example")).getMessageID().endsWith("@xn--mller-kva.example>"));
        assertNotEquals(Mails.read(Mails.from("f@x.y")).getMessageID(), Mails.read(Mails.from("f@x.y")).getMessageID());
    }

    @Test
    void aMessageIdThatWeMadeIsOneThatTheApplicationMayChoose() {
        String label = "d".repeat(63);
        for (String from : List.of("f@[192.0.2.1]", "f@[IPv6:2001:db8::1]", "jürgen@müller.example", "f@straße.de",
                "l@" + label + "." + label + "." + label + "." + "d".repeat(58))) {
            String id = Mails.COMPOSER.compose(Mails.from(from)).messageId();
            var again = new Draft("f@x.y", "", Draft.Recipients.of(List.of("t@x.y")), "s", "t", "", List.of(),
                    List.of(), id, false, DeliveryNotification.NONE);
            assertEquals(id, Mails.COMPOSER.compose(again).messageId());
        }
    }
}
