package dev.mailroom.pool;

/**
 * All keys together at one moment.
 *
 * @param keys keys known; those without connections are forgotten after a while
 * @param limit most that may be open
 * @param open places taken: idle, in use, being opened, checked or closed
 * @param idle waiting to be lent
 * @param inUse lent
 * @param waiting callers in the queue
 * @param suspended whether callers wait because an administrator suspended the whole pool
 * @param activity what has happened since the pool was made, forgotten keys included
 */
public record PoolStatistics(
        int keys,
        int limit,
        int open,
        int idle,
        int inUse,
        int waiting,
        boolean suspended,
        Activity activity) {
}
