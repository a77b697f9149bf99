package dev.mailroom.pool;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why there was no resource to give, as a value.
 *
 * @param cause what stood in the way
 * @param key the key's text
 * @param waited how long the caller waited
 * @param ofKey what the key had
 * @param ofPool what all keys had together
 * @param openings what was being opened at the key's destination
 * @param holders who holds the longest, at most three: of this key where its own limit is the cause, else of
 *        all keys
 * @param largest which keys have the most places, at most three, and only where the key's own limit is not the cause
 */
public record Exhaustion(
        Cause cause,
        String key,
        Duration waited,
        KeyUse ofKey,
        PoolUse ofPool,
        Openings openings,
        List<Holder> holders,
        List<Share> largest) {

    /** What stood in the way. */
    public enum Cause {
        /** As many are open as the key may have. */
        KEY_LIMIT,
        /** As many are open as the pool may have, and none of them is idle. */
        TOTAL_LIMIT,
        /** As many are being opened at the key's destination as may be at once. */
        OPENINGS,
        /** The pool is full, and what is idle is not closed for a destination that has not answered. */
        UNPROVEN,
        /** What is left of the pool is kept for destinations that have answered. */
        RESERVE,
        /** An administrator suspended the key or the pool. */
        SUSPENDED,
        /** The pool is closed. */
        CLOSED
    }

    /**
     * What the key had.
     *
     * @param limit most that it may have open
     * @param effectiveLimit the same while the other side wants fewer
     * @param inUse lent
     * @param idle waiting to be lent
     * @param waiting others in its queue
     */
    public record KeyUse(int limit, int effectiveLimit, int inUse, int idle, int waiting) {
    }

    /**
     * What all keys had together.
     *
     * @param open places taken
     * @param limit most that may be open
     */
    public record PoolUse(int open, int limit) {
    }

    /**
     * What was being opened at one destination.
     *
     * @param destination where the key's resources are opened
     * @param count opened there at that moment
     */
    public record Openings(String destination, int count) {
    }

    /**
     * What a key has of the pool.
     *
     * @param key the key's text
     * @param open places taken
     */
    public record Share(String key, int open) {
        @Override
        public String toString() {
            return key + " (" + open + ")";
        }
    }

    /** Takes immutable copies. */
    public Exhaustion {
        holders = List.copyOf(holders);
        largest = List.copyOf(largest);
    }

    /** The whole story in one sentence or two. */
    public String message() {
        return "no connection for " + key + " after waiting " + waited.toMillis() + " ms: " + because()
                + " (in use " + ofKey.inUse + ", idle " + ofKey.idle + ", others waiting " + ofKey.waiting
                + "; all keys together " + ofPool.open + " of " + ofPool.limit + ")"
                + list("Most are held by", largest) + list("Longest", holders);
    }

    private String because() {
        return switch (cause) {
            case KEY_LIMIT -> ofKey.effectiveLimit < ofKey.limit
                    ? "its limit of " + ofKey.limit + " is lowered to " + ofKey.effectiveLimit
                            + ", the server refused more"
                    : "its limit of " + ofKey.limit + " is reached";
            case TOTAL_LIMIT -> "the total limit of " + ofPool.limit + " is reached and none is idle";
            case OPENINGS -> openings.count + " connections to " + openings.destination
                    + " are being opened, as many as may be at once";
            case UNPROVEN -> "the total limit of " + ofPool.limit + " is reached, and no idle connection is closed for "
                    + openings.destination + " before a server that is being tried has answered";
            case RESERVE -> "servers that have not answered yet have three quarters of the total limit of "
                    + ofPool.limit + ", and the rest is kept for others";
            case SUSPENDED -> "it is suspended by an administrator";
            case CLOSED -> "the pool is closed";
        };
    }

    private static String list(String title, List<?> values) {
        return values.isEmpty() ? "" : ". " + title + ": "
                + values.stream().map(String::valueOf).collect(Collectors.joining("; "));
    }
}
