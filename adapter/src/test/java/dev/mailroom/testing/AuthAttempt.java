package dev.mailroom.testing;

/**
 * One AUTH that a client made.
 *
 * @param mechanism as the client wrote it
 * @param user empty if the client never said
 * @param secret the password or token the client gave; these are invented by tests
 */
public record AuthAttempt(String mechanism, String user, String secret, boolean accepted) {
}
