package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mailroom.spool.SpoolState;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageAnswerTest {
    private static JsonObject answer(Optional<SpoolState> duplicateOf) {
        return MessageAnswer.spooled("M-17-3", "7@example.org", duplicateOf);
    }

    @Test
    void aMailThatIsNewSaysNothingOfAnother() {
        JsonObject json = answer(Optional.empty());
        assertEquals("pending", json.getString("status"));
        assertEquals("M-17-3", json.getString("id"));
        assertEquals("7@example.org", json.getString("messageId"));
        assertFalse(json.containsKey("duplicateOf"));
    }

    @Test
    void aDuplicateTellsHowTheFirstStands() {
        Map.of(SpoolState.PENDING, "pending", SpoolState.SENDING, "pending", SpoolState.SENT, "sent",
                SpoolState.IN_DOUBT, "error").forEach((first, status) -> {
            JsonObject json = answer(Optional.of(first));
            assertEquals(first.name(), json.getString("duplicateOf"));
            assertEquals(status, json.getString("status"));
            assertEquals("M-17-3", json.getString("id"));
        });
    }
}
