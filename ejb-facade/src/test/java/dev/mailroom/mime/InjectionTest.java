package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No value breaks out of its field, whatever is in it. */
class InjectionTest {
    private static final List<String> NONE = List.of();
    private static final List<HeaderField> NO_FIELDS = List.of();
    private static final Map<String, Function<String, Draft>> HEADER_PLACES = new TreeMap<>(Map.of(
            "from", v -> Mails.from(v + " <a@b.c>"),
            "reply-to", v -> draft(v + " <a@b.c>", List.of("a@b.c"), NONE, NONE, "s", "", "", ""),
            "to[0]", v -> draft("", List.of(v + "@b.c"), NONE, NONE, "s", "", "", ""),
            "cc[0]", v -> draft("", List.of("a@b.c"), List.of("\"" + v + "\"@b.c"), NONE, "s", "", "", ""),
            "bcc[0]", v -> draft("", List.of("a@b.c"), NONE, List.of("<a@" + v + ">"), "s", "", "", ""),
            "subject", v -> draft("", List.of("a@b.c"), NONE, NONE, v, "", "", ""),
            "message id", v -> draft("", List.of("a@b.c"), NONE, NONE, "s", v + "@b.c", "", ""),
            "attachment name[0]", v -> Mails.bodies("t", "", Mails.file(v, new byte[1])),
            "attachment type[0]", v -> draft("", List.of("a@b.c"), NONE, NONE, "s", "", "text/" + v, ""),
            "attachment content id[0]", v -> draft("", List.of("a@b.c"), NONE, NONE, "s", "", "", v)));

    private static Draft draft(String replyTo, List<String> to, List<String> cc, List<String> bcc, String subject,
            String id, String type, String contentId) {
        return new Draft("f@b.c", replyTo, new Draft.Recipients(to, cc, bcc), subject, "t", "<p>h</p>",
                List.of(new Attachment("n", type, ContentSource.of(new byte[3]), contentId)), NO_FIELDS, id, false,
                DeliveryNotification.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: evil@x.y", "x\nBcc: evil@x.y", "x\rBcc: evil@x.y", "x\0y", "\r", "\n", "x\r\n y",
        "x\r\n\r\nbody"})
    void crLfAndNulAreRefusedEverywhereNamingThePlaceAndShowingTheValue(String value) {
        HEADER_PLACES.forEach((place, with) -> {
            var e = assertThrows(DraftException.class, () -> Mails.bytes(with.apply(value)), place);
            assertTrue(e.getMessage().startsWith(place + " \""), place + ": " + e.getMessage());
            assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
            assertTrue(e.getMessage().contains(value.contains("\0") ? "\\0" : value.contains("\r") ? "\\r" : "\\n"));
        });
    }

    @Test
    void charactersWhoseLowByteIsCrOrLfNeverBecomeOne() throws Exception {
        String evil = "a\u760d\u760aBcc: evil@x.y\u010d\u010a\u2028\u2029\u0085x";
        var read = Mails.read(Mails.subject(evil));
        assertEquals(evil, read.getSubject());
        HEADER_PLACES.forEach((place, with) -> {
            try {
                var composed = Mails.COMPOSER.compose(with.apply("a\u760d\u760aBcc:\u010d\u010aevil"));
                String mail = new String(JakartaMime.bytes(composed), StandardCharsets.UTF_8);
                assertFalse(mail.contains("\nBcc:"), place);
                assertFalse(mail.replace("\r\n", "").matches("(?s).*[\r\n].*"), place);
                composed.mail().envelope().forwardPaths().forEach(
                        path -> assertTrue(path.chars().noneMatch(c -> c == '\r' || c == '\n'), path));
            } catch (DraftException refused) {
                assertTrue(refused.getMessage().startsWith(place), refused.getMessage());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aFieldOfTheApplicationsOwnCannotEndItselfEither() {
        for (String value : List.of("a\r\nb: c", "a\nb", "a\rb", "a\0b", "a\r\n")) {
            assertThrows(DraftException.class, () -> HeaderField.of("X-Test", value));
            assertThrows(DraftException.class, () -> new HeaderField("X-Test", value));
        }
        assertThrows(DraftException.class, () -> HeaderField.of("X-Test: a\r\nBcc", "b"));
        assertThrows(DraftException.class, () -> HeaderField.of("", "b"));
        assertEquals("a\r\n b", new HeaderField("X-Test", "a\r\n b").value());
    }

    @Test
    void nulInABodyIsRefused() {
        assertTrue(assertThrows(DraftException.class, () -> Mails.bytes(Mails.bodies("a\0", ""))).getMessage()
                .startsWith("text contains NUL at position 1"));
        assertTrue(assertThrows(DraftException.class, () -> Mails.bytes(Mails.bodies("", "\0"))).getMessage()
                .startsWith("html contains NUL at position 0"));
    }

    @Test
    void aTextThatLooksLikeAHeaderOrABoundaryStaysText() throws Exception {
        String text = "\r\nFrom: evil@x.y\r\n\r\n--boundary\r\n----=_x_0--\r\n.\r\nQUIT\r\n";
        assertEquals(text, Mails.read(Mails.bodies(text, "")).getContent());
    }
}
