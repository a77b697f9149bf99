package dev.mailroom.it.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.ErrorInfoPart;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.application.Secrets;
import java.util.List;
import java.util.Locale;

/** What the facade must say when something did not work. */
public final class Complaints {
    private Complaints() {
    }

    /** The call failed, and the message holds every word: the value, the host, what was expected. */
    public static void assertComplains(MailFacade mail, boolean result, String... words) {
        assertFalse(result, "the call should have failed");
        assertComplains(mail, words);
    }

    /** The last call failed, and the message holds every word. */
    public static void assertComplains(MailFacade mail, String... words) {
        assertTrue(mail.errorOccurred(), "errorOccurred");
        String message = mail.errorInfo();
        for (String word : words) {
            assertTrue(message.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)),
                    "\"" + word + "\" is missing in: " + message);
        }
        assertEquals(message, mail.errorInfo(ErrorInfoPart.ERR_MESSAGE));
        assertFalse(message.chars().anyMatch(Character::isISOControl), "control characters in: " + message);
        assertEquals(List.of(), Secrets.leaks(message + "\n" + mail.errorInfo(ErrorInfoPart.ERR_FULL_DETAILS) + "\n"
                + mail.lastError()));
    }

    /** The call worked, and nothing of an earlier error is left. */
    public static void assertContent(MailFacade mail, boolean result) {
        assertTrue(result, mail::errorInfo);
        assertFalse(mail.errorOccurred(), "errorOccurred");
        assertEquals("", mail.errorInfo());
    }
}
