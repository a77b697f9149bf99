package dev.mailroom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Identities;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final SmtpSettings BOB =
            SmtpSettings.of("bob", "mx.example.org", 587).withSecret(Secret.password("hush"));

    @Test
    void identitiesThatDifferInAnyOnePartHaveAnIdEach() {
        Set<String> ids = new HashSet<>(Set.of(BOB.session().id()));
        Map<String, SmtpSettings> others = Identities.differingInOnePart(BOB);
        assertEquals(BOB.identity().parts().size(), others.size() + 1, "the secret's two parts are one");
        others.forEach((part, other) -> {
            assertNotEquals(BOB.identity(), other.identity(), part);
            assertTrue(ids.add(other.session().id()), "the id says nothing of " + part);
        });
    }

    @Test
    void anIdentityIsWhatItsPartsSay() {
        Identities.differingInOnePart(BOB).values().forEach(other ->
                assertEquals(other.identity(), BOB.identity().with(other.identity().parts())));
        assertEquals(BOB.identity().dialogue().chunking() ? "true" : "false",
                BOB.identity().parts().get("dialogue.chunking"));
    }

    @Test
    void anUnknownPartOrValueIsRefused() {
        for (Map<String, String> bad : Set.of(Map.of("colour", "red"), Map.of("port", "x"), Map.of("port", "0"),
                Map.of("tls", "SOME"), Map.of("dialogue", "all"))) {
            assertThrows(IllegalArgumentException.class, () -> BOB.identity().with(bad), bad.toString());
        }
    }

    @Test
    void aUserNameCannotPassForOtherParts() {
        assertNotEquals(SmtpSettings.of("a", "b", 1).session().id(),
                SmtpSettings.of("a port=1:1", "b", 1).session().id());
    }

    @Test
    void theSecretIsNowhereInIt() {
        assertFalse(BOB.identity().parts().toString().contains("hush"));
        assertFalse(BOB.session().toString().contains("hush"));
    }
}
