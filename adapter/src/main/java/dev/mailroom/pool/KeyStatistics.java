package dev.mailroom.pool;

/**
 * One key at one moment.
 *
 * @param limit most that may be open
 * @param effectiveLimit the same while the other side wants fewer; {@code limit} otherwise
 * @param open places taken: idle, in use, being opened, checked or closed
 * @param idle waiting to be lent
 * @param inUse lent
 * @param waiting callers in the queue
 * @param suspended whether callers wait because an administrator suspended the key
 * @param activity what has happened since the key was first used
 */
public record KeyStatistics(
        int limit,
        int effectiveLimit,
        int open,
        int idle,
        int inUse,
        int waiting,
        boolean suspended,
        Activity activity) {
}
