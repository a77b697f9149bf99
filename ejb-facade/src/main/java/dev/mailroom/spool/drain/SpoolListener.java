package dev.mailroom.spool.drain;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import java.time.Duration;

/**
 * Hears what the spool does. Called after the state is on the disk, on the thread that wrote it; must return
 * quickly.
 */
public interface SpoolListener {
    /** Hears nothing. */
    SpoolListener NONE = new SpoolListener() { };

    /** A mail was sent, given up, held or postponed. */
    default void settled(Settlement settlement) {
    }

    /** Somebody deleted a mail. */
    default void deleted(MailIdentifier id) {
    }

    /**
     * A queue's server cannot be reached or used, or refused the login; {@code wait} ZERO = until the session is
     * started.
     */
    default void blocked(SpoolQueue queue, QueueEffect effect, Duration wait, String error) {
    }

    /** The database, or something unforeseen, failed while mails were drained; the next sweep tries again. */
    default void failed(Throwable error) {
    }
}
