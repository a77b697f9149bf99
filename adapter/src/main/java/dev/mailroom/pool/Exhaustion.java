package dev.mailroom.pool;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why there was no resource to give, as a value.
 *
 * @param cause what stood in the way
 * @param key the key's text
 * @param limit most that the key may have open
 * @param effectiveLimit the same while the other side wants fewer
 * @param inUse lent under this key
 * @param idle idle under this key
 * @param waiting others in the key's queue
 * @param totalOpen places taken under all keys
 * @param maxTotal most that may be open under all keys
 * @param waited how long the caller waited
 * @param holders who holds the longest, at most three: of this key, or of all keys where the total limit is the cause
 */
public record Exhaustion(
        Cause cause,
        String key,
        int limit,
        int effectiveLimit,
        int inUse,
        int idle,
        int waiting,
        int totalOpen,
        int maxTotal,
        Duration waited,
        List<Holder> holders) {

    /** What stood in the way. */
    public enum Cause {
        /** As many are open as the key may have. */
        KEY_LIMIT,
        /** As many are open as the pool may have, and none of them is idle. */
        TOTAL_LIMIT,
        /** An administrator suspended the key or the pool. */
        SUSPENDED,
        /** The pool is closed. */
        CLOSED
    }

    /** Takes an immutable copy. */
    public Exhaustion {
        holders = List.copyOf(holders);
    }

    /** The whole story in one sentence or two. */
    public String message() {
        return "no connection for " + key + " after waiting " + waited.toMillis() + " ms: " + because()
                + " (in use " + inUse + ", idle " + idle + ", others waiting " + waiting
                + "; all keys together " + totalOpen + " of " + maxTotal + ")" + longest();
    }

    private String because() {
        return switch (cause) {
            case KEY_LIMIT -> effectiveLimit < limit
                    ? "its limit of " + limit + " is lowered to " + effectiveLimit + ", the server refused more"
                    : "its limit of " + limit + " is reached";
            case TOTAL_LIMIT -> "the total limit of " + maxTotal + " is reached and none is idle";
            case SUSPENDED -> "it is suspended by an administrator";
            case CLOSED -> "the pool is closed";
        };
    }

    private String longest() {
        return holders.isEmpty() ? "" : ". Longest: "
                + holders.stream().map(Holder::toString).collect(Collectors.joining("; "));
    }
}
