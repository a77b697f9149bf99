package dev.mailroom.spool.jta;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.sql.XAConnection;
import javax.sql.XADataSource;

/** Keeps connections that nobody uses for the next who wants one; opens another if there is none. Thread-safe. */
final class IdleConnections {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    /** As many as a server has threads that send at once, and more than drain; those beyond are closed. */
    private static final int MOST = 64;

    /** One that is in use: the connection, and what it belongs to. */
    record Used(XAConnection physical, Connection connection) {
    }

    private final XADataSource source;
    private final Deque<XAConnection> idle = new ArrayDeque<>();
    private boolean closed;

    IdleConnections(XADataSource source) {
        this.source = source;
    }

    Used take() throws SQLException {
        Optional<XAConnection> kept = next();
        if (kept.isPresent()) {
            try {
                return use(kept.get());
            } catch (SQLException | RuntimeException e) {
                // The database was closed and opened again: none of them is of any use.
                LOG.log(System.Logger.Level.DEBUG, "connections to the embedded database are opened again", e);
                discardAll();
            }
        }
        return use(source.getXAConnection());
    }

    private synchronized Optional<XAConnection> next() {
        // The one that was used last: its caches are warm.
        return Optional.ofNullable(idle.pollFirst());
    }

    private static Used use(XAConnection physical) throws SQLException {
        boolean done = false;
        try {
            var used = new Used(physical, physical.getConnection());
            done = true;
            return used;
        } finally {
            if (!done) {
                discard(physical);
            }
        }
    }

    /** Nobody uses it any more; whatever it has not committed is rolled back. */
    void giveBack(Used used, boolean usable) {
        boolean kept = false;
        try {
            used.connection().close();
            kept = usable && keep(used.physical());
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection to the embedded database could not be tidied up", e);
        }
        if (!kept) {
            discard(used.physical());
        }
    }

    private synchronized boolean keep(XAConnection physical) {
        if (closed || idle.size() >= MOST) {
            return false;
        }
        idle.addFirst(physical);
        return true;
    }

    private void discardAll() {
        for (Optional<XAConnection> one = next(); one.isPresent(); one = next()) {
            discard(one.get());
        }
    }

    private static void discard(XAConnection physical) {
        try {
            physical.close();
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection to the embedded database could not be closed", e);
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        discardAll();
    }
}
