package dev.mailroom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(chars = {'\u2028', '\u2029', '\u202e', '\u200b', '\u0085', '\u007f', '\u0000', '\u001b', '\r',
        '\ufeff'})
    void whatCannotBeSeenIsSpelledOutWhereverUsersAndRepliesAreShown(char hidden) {
        String spelled = String.format("\\u%04x", (int) hidden);
        assertEquals("a" + spelled + "b", VisibleText.of("a" + hidden + "b"));
        assertEquals("a" + spelled + "b", new Caller("a" + hidden + "b").toString());
    }

    @Test
    void aSessionHidesNothing() {
        assertEquals("a\\u202eb\\u2028c at h:25", SmtpSettings.of("a\u202eb\u2028c", "h", 25).session().toString());
    }

    @Test
    void aReplyHidesNothing() {
        assertEquals("550 5.1.1 a\\u202eb\\u2028c", SmtpReply.of(550, "5.1.1 a\u202eb\u2028c").toString());
        assertEquals("a\\u200bb", SmtpReply.of(550, "a\u200bb").text());
    }

    @Test
    void whatCanBeSeenStaysAsItIs() {
        String text = "Jörg Müller <jörg@почта.рф> 山田 😀 e\u0301\tand\nmore";
        assertSame(text, VisibleText.of(text));
    }
}
