package dev.mailroom.pool;

/** Why a resource was closed. */
public enum DiscardReason {
    /** Its user said that it is broken or in an unknown state. */
    BROKEN,
    /** It did not look alive when it was to be lent again. */
    DEAD,
    /** The other side did not answer the probe. */
    PROBE_FAILED,
    /** It was idle for longer than its key allows. */
    IDLE_TIMEOUT,
    /** It was older than its key allows. */
    MAX_LIFETIME,
    /** Its user said that it was used as often as its key allows. */
    MAX_USES,
    /** At the total limit it made room for another key. */
    MADE_ROOM,
    /** A limit was lowered below what was open. */
    SURPLUS,
    /** An administrator flushed the pool or the key. */
    FLUSHED,
    /** Its key was dropped. */
    DROPPED,
    /** The pool was closed. */
    POOL_CLOSED
}
