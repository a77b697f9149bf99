package dev.mailroom.console.start;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.console.MailboxPorts;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BannerTest {
    @Test
    void aRandomPasswordIsShownAndTheLinesCanBePasted() {
        String text = new Banner("http://127.0.0.1:8080", Optional.of("abcd-efgh"),
                Optional.of(new MailboxPorts(3025, OptionalInt.of(3110), OptionalInt.of(3143)))).text();
        assertTrue(text.contains("Password  abcd-efgh"), text);
        assertTrue(text.contains("127.0.0.1:3025"), text);
        assertTrue(text.contains("curl -u admin:abcd-efgh -H 'Content-Type: application/json' -d "
                + "'{\"username\":\"demo\",\"server\":\"127.0.0.1\",\"port\":3025}' "
                + "http://127.0.0.1:8080/api/sessions\n"), text);
        assertTrue(text.contains("http://127.0.0.1:8080/api/sessions/demo/messages\n"), text);
        assertTrue(text.contains("'{\"username\":\"you@example.org\",\"password\":\"any\",\"server\":\"127.0.0.1\","
                + "\"port\":3143,\"protocol\":\"imap\"}' http://127.0.0.1:8080/api/receiving\n"), text);
        assertTrue(text.contains("curl -u admin:abcd-efgh "
                + "http://127.0.0.1:8080/api/receiving/you@example.org/messages/1\n"), text);
    }

    @Test
    void theMailIsReadBackWithWhatIsOn() {
        String pop3 = banner(new MailboxPorts(3025, OptionalInt.of(3110), OptionalInt.empty()));
        assertTrue(pop3.contains("\"port\":3110,\"protocol\":\"pop3\"}"), pop3);
        String neither = banner(new MailboxPorts(3025, OptionalInt.empty(), OptionalInt.empty()));
        assertFalse(neither.contains("Read it back"), neither);
    }

    private static String banner(MailboxPorts ports) {
        return new Banner("http://127.0.0.1:8080", Optional.of("abcd-efgh"), Optional.of(ports)).text();
    }

    @Test
    void aConfiguredPasswordIsAskedForByCurl() {
        String text = new Banner("http://127.0.0.1:8080", Optional.empty(), Optional.empty()).text();
        assertTrue(text.contains("curl -u admin -H"), text);
        assertTrue(text.contains("mailroom.console.password"), text);
        assertFalse(text.contains("3025"), text);
    }
}
