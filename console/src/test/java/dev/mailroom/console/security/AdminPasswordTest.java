package dev.mailroom.console.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdminPasswordTest {
    private final AdminPassword configured = new AdminPassword(Secret.password("geheim ß"), new SecureRandom());

    @Test
    void aRandomPasswordIsReadableLongAndDifferentEachTime() {
        AdminPassword one = new AdminPassword(Secret.none(), new SecureRandom());
        AdminPassword other = new AdminPassword(Secret.none(), new SecureRandom());
        String shown = one.random().orElseThrow();
        assertTrue(shown.matches("([a-km-np-z2-9]{4}-){4}[a-km-np-z2-9]{4}"), shown);
        assertNotEquals(shown, other.random().orElseThrow());
        assertTrue(one.matches(shown));
        assertFalse(one.matches(other.random().orElseThrow()));
    }

    @Test
    void aConfiguredPasswordIsNeverShown() {
        assertEquals(Optional.empty(), configured.random());
        assertFalse(configured.toString().contains("geheim"));
    }
}
