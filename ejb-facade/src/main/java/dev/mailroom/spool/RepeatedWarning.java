package dev.mailroom.spool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A line of the log for what fails again and again while its cause lasts: written at once, then at most once a minute,
 * with the number of times that were left out. A failure of the database is one line, since its stack is of no use to
 * who reads it; with the level DEBUG, and where it is unforeseen, the stack is there. Thread-safe.
 */
public final class RepeatedWarning {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private boolean written;
    private long writtenAt;
    private long leftOut;

    /** @param nanos a monotonic clock, {@link System#nanoTime} */
    public RepeatedWarning(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** It works again: says so if the failure was written, and the next failure is written at once. */
    public void over(String text) {
        synchronized (this) {
            if (!written) {
                return;
            }
            written = false;
            leftOut = 0;
        }
        LOG.log(System.Logger.Level.INFO, text);
    }

    /** Whether it has failed and is not over. */
    public synchronized boolean lasts() {
        return written;
    }

    /** What failed and its first cause, in one line, without the statement that a database appends. */
    public static String reason(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String text = line(failure);
        String cause = line(first);
        return first == failure || text.contains(cause) ? text : text + " (cause: " + cause + ")";
    }

    private static String line(Throwable one) {
        String message = one.getMessage() == null ? one.toString() : one.getMessage();
        int statement = message.indexOf("; SQL statement:");
        String error = statement < 0 ? message : message.substring(0, statement);
        return error.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** Writes it, or counts it. */
    public void log(String text, Throwable cause) {
        long before;
        synchronized (this) {
            long now = nanos.getAsLong();
            if (written && now - writtenAt < QUIET) {
                leftOut++;
                return;
            }
            before = leftOut;
            leftOut = 0;
            written = true;
            writtenAt = now;
        }
        String repeated = before == 0 ? "" : " (" + before + " times more since this was last written)";
        boolean oneLine = cause instanceof SQLException && !LOG.isLoggable(System.Logger.Level.DEBUG);
        LOG.log(System.Logger.Level.WARNING, text + repeated, oneLine ? null : cause);
    }
}
