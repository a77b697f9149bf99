package dev.mailroom.console.rest;

import dev.mailroom.spool.SpoolState;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;

/** Writes what became of a mail that was given to an asynchronous session. */
final class MessageAnswer {
    private MessageAnswer() {
    }

    /** @param duplicateOf present: the state of the mail that was accepted before under the idempotency key */
    static JsonObject spooled(String id, String messageId, Optional<SpoolState> duplicateOf) {
        var answer = Json.createObjectBuilder()
                .add("status", status(duplicateOf.orElse(SpoolState.PENDING)))
                .add("id", id).add("messageId", messageId);
        duplicateOf.ifPresent(first -> answer.add("duplicateOf", first.name()));
        return answer.build();
    }

    /** The state as {@code GET /api/messages/{id}} names it. */
    private static String status(SpoolState state) {
        return switch (state) {
            case PENDING, SENDING -> "pending";
            case SENT -> "sent";
            case FAILED, IN_DOUBT -> "error";
        };
    }
}
