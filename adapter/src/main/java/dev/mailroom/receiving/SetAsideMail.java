package dev.mailroom.receiving;

import java.util.Objects;

/**
 * A dead letter that is still where it was, and left alone.
 *
 * @param identifier what the server calls the mail
 * @param deliveries how often its listener has failed; 0 = it could not be read
 * @param error what happened last
 */
public record SetAsideMail(String identifier, int deliveries, String error) {
    /** Checks that nothing is missing. */
    public SetAsideMail {
        Objects.requireNonNull(identifier, "identifier");
        Objects.requireNonNull(error, "error");
    }
}
