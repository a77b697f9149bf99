package dev.mailroom.console.start;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BannerTest {
    @Test
    void aRandomPasswordIsShownAndTheLinesCanBePasted() {
        String text = new Banner("http://127.0.0.1:8080", Optional.of("abcd-efgh"), Optional.of(3025)).text();
        assertTrue(text.contains("Password  abcd-efgh"), text);
        assertTrue(text.contains("127.0.0.1:3025"), text);
        assertTrue(text.contains("curl -u admin:abcd-efgh -H 'Content-Type: application/json' -d "
                + "'{\"username\":\"demo\",\"server\":\"127.0.0.1\",\"port\":3025}' "
                + "http://127.0.0.1:8080/api/sessions\n"), text);
        assertTrue(text.contains("http://127.0.0.1:8080/api/sessions/demo/messages\n"), text);
    }

    @Test
    void aConfiguredPasswordIsAskedForByCurl() {
        String text = new Banner("http://127.0.0.1:8080", Optional.empty(), Optional.empty()).text();
        assertTrue(text.contains("curl -u admin -H"), text);
        assertTrue(text.contains("mailroom.console.password"), text);
        assertFalse(text.contains("3025"), text);
    }
}
