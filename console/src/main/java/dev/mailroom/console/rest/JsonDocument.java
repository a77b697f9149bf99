package dev.mailroom.console.rest;

import jakarta.json.JsonObject;

/**
 * A request's body, a JSON object within the limit of size.
 *
 * @param object not yet checked for its properties
 */
public record JsonDocument(JsonObject object) {
    /** Bodies may hold secrets. */
    @Override
    public String toString() {
        return "JsonDocument[***]";
    }
}
