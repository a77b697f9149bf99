package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MailIdentifierTest {
    @Test
    void theTextMeansTheSameNumberInAnyCase() {
        var identifier = new MailIdentifier(4711);
        assertEquals(identifier, MailIdentifier.parse(identifier.toString()));
        assertEquals(identifier, MailIdentifier.parse(identifier.toString().toLowerCase()));
        assertEquals(identifier, MailIdentifier.parse(" 4711 "));
    }

    @Test
    void aMistypedTextIsNotAnotherMail() {
        String text = new MailIdentifier(4711).toString();
        assertThrows(IllegalArgumentException.class, () -> MailIdentifier.parse(text.replace("4711", "4712")));
        for (String bad : new String[] {"", "0", "-1", "M-4711", "M-x-B", "99999999999999999999", "4711\r\n1"}) {
            assertThrows(IllegalArgumentException.class, () -> MailIdentifier.parse(bad), bad);
        }
    }
}
