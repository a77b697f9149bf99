package dev.mailroom.benchmark.report;

/**
 * What open connections cost that nobody uses.
 *
 * @param secure STARTTLS and AUTH
 * @param connections how many were open
 * @param heap octets for each of them
 * @param threads for all of them together
 */
public record Idle(String contender, boolean secure, int connections, long heap, long threads) {
}
