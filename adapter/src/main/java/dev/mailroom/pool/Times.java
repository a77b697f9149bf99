package dev.mailroom.pool;

import java.time.Duration;

/**
 * How long something took, since the key was first used. Percentiles are at most a quarter (or 1 µs) too high, never
 * above {@code max}; ZERO where nothing was counted.
 */
public record Times(long count, Duration total, Duration max, Duration p50, Duration p95, Duration p99) {
}
