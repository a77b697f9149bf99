package dev.mailroom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SmtpReplyTest {
    @Test
    void theEnhancedStatusCodeIsToldFromTheText() {
        assertEquals(new SmtpReply(550, "5.1.1", "No such user"), SmtpReply.of(550, "5.1.1 No such user"));
        assertEquals(new SmtpReply(250, "2.0.0", ""), SmtpReply.of(250, "2.0.0"));
        assertEquals(new SmtpReply(554, "5.7.1", "One\nTwo"), SmtpReply.of(554, "5.7.1 One\n5.7.1 Two"));
    }

    @Test
    void whatOnlyLooksLikeAnEnhancedStatusCodeIsText() {
        for (String text : new String[] {"4.1.1 other class", "5.1", "5.1.", "5..1 x", "5.1.1234", "5.1234.1", "5.1.1x",
            "51.1.1", "10.0.0.1 says hello", ""}) {
            assertEquals(new SmtpReply(550, "", text), SmtpReply.of(550, text));
        }
    }

    @Test
    void controlCharactersNeverReachALog() {
        assertEquals("ab\tc\nd", SmtpReply.of(250, "a\u0000\u001b\u0007b\tc\n\u0085\u007fd").text());
        assertEquals("550 5.1.1 One Two", SmtpReply.of(550, "5.1.1 One\nTwo").toString());
        assertEquals("no reply", SmtpReply.NONE.toString());
    }
}
