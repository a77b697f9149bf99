package dev.mailroom.it.startup;

/**
 * What came of a place's setting.
 *
 * @param set what it set, in seconds
 * @param own what it read afterwards
 * @param others what a thread read then that has set nothing, which is the application's default
 */
public record Seen(int set, int own, int others) {
}
