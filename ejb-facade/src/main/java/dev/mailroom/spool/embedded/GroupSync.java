package dev.mailroom.spool.embedded;

import java.sql.SQLException;

/**
 * Group commit: many committers share one flush to the disk. A committer is served by a flush that began after it
 * asked, because an earlier one may have looked at the file before its bytes were there. Thread-safe.
 */
final class GroupSync {
    /** Forces everything written so far onto the disk. */
    interface Flush {
        void run() throws SQLException;
    }

    private final Flush flush;
    private long begun;
    private long done;
    private boolean running;

    GroupSync(Flush flush) {
        this.flush = flush;
    }

    /**
     * Returns when a flush that began after this call has ended.
     *
     * @throws SQLException when the flush that this thread made has failed
     */
    void await() throws SQLException {
        long mine;
        synchronized (this) {
            mine = begun + 1;
            boolean interrupted = false;
            while (running && done < mine) {
                interrupted |= waited();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (done >= mine) {
                return;
            }
            running = true;
            begun++;
        }
        boolean flushed = false;
        try {
            flush.run();
            flushed = true;
        } finally {
            synchronized (this) {
                running = false;
                if (flushed) {
                    done = begun;
                }
                notifyAll();
            }
        }
    }

    private boolean waited() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
