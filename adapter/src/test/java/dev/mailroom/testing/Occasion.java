package dev.mailroom.testing;

/**
 * One moment of one connection.
 *
 * @param step what the client did
 * @param argument see {@link Step}; empty where the step has none
 * @param connection number of the connection, the first is 1
 * @param nth how often the step came on this connection, this time included
 */
public record Occasion(Step step, String argument, int connection, int nth) {
}
