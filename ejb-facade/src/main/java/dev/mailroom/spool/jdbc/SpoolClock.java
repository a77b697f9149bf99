package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.SpoolTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time by which mails are due, leases end and ages are counted, in milliseconds. Within a server it runs with a
 * monotonic clock, and so never back; it follows the database's clock, which all servers share, through small
 * differences. Where that clock jumps, the server that notices it first stores how far: the time of all servers is the
 * database's clock and this shift.
 *
 * <p>A server that was paused sees the database's clock ahead as well. It is told from a jump by the other servers,
 * each of which notes at every look when it has seen the clock: where another has seen it a moment ago, it has not
 * jumped. After a start nothing is known but when the clock was seen last: what lies before that is a jump, and what
 * lies behind it is taken for time that has passed. Thread-safe.
 */
final class SpoolClock implements SpoolTime {
    /** What a database's clock shows, in milliseconds since 1970, outside of a transaction. */
    static final String DATABASE = "cast(extract(epoch from current_timestamp) * 1000 as bigint)";

    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    private static final long NANOS = 1_000_000L;
    private static final long LEAST_JUMP = 1000;
    /** A tenth of a lease is what servers keep for differences between clocks. */
    private static final int OF_LEASE = 10;
    /** Where one server has the database for itself, the note serves its next start only. */
    private static final long ALONE = Duration.ofMinutes(1).toMillis();
    private static final int ATTEMPTS = 10;

    /** The row that all servers share, and the database's clock when it was read. */
    private record ClockRow(long database, long shift, long seen, String by) {
        long told() {
            return database + shift;
        }
    }

    /** The time was {@code millis} at {@code nanos}; it stands still at {@code floor} until it is later than that. */
    private record Anchor(long nanos, long millis, long floor, long shift, long database) {
        long at(long now) {
            return Math.max(floor, millis + Math.floorDiv(now - nanos, NANOS));
        }
    }

    private final SpoolDatabase database;
    private final String clock;
    private final String server;
    private final long bound;
    private final long noteAfter;
    private final LongSupplier nanos;
    private volatile Anchor anchor;

    /**
     * @param clock what reads the database's clock, in SQL: {@link #DATABASE}
     * @param server names this server and this run of it
     * @param nanos a monotonic clock, {@link System#nanoTime}
     */
    SpoolClock(SpoolDatabase database, String clock, String server, Duration lease, LongSupplier nanos) {
        this.database = database;
        this.clock = clock;
        this.server = server;
        this.bound = Math.max(LEAST_JUMP, lease.toMillis() / OF_LEASE);
        this.noteAfter = database.dialect() == Dialect.H2 ? ALONE : 0;
        this.nanos = nanos;
    }

    /** The spool's time; after the first {@link #follow}. */
    long now() {
        return anchor.at(nanos.getAsLong());
    }

    /** What the database's clock, as it is set today, showed or will show at a time of the spool. */
    Instant shown(long millis) {
        return Instant.ofEpochMilli(millis - anchor.shift());
    }

    @Override
    public synchronized void follow() throws SQLException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = nanos.getAsLong();
            Optional<ClockRow> row = database.read(connection -> {
                try (var select = connection.prepareStatement("select " + clock
                        + " as now, shift, seen, seen_by from mailroom_clock where id = 1");
                        var rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(new ClockRow(rows.getLong("now"), rows.getLong("shift"),
                            rows.getLong("seen"), rows.getString("seen_by"))) : Optional.empty();
                }
            });
            if (row.isEmpty()) {
                insert();
            } else if (follow(row.get(), before, nanos.getAsLong())) {
                return;
            }
        }
    }

    /** False = another server was first: to be looked at again. */
    private boolean follow(ClockRow row, long before, long after) throws SQLException {
        long correction = anchor == null ? Math.max(0, row.seen() - row.database())
                : correction(row, anchor.at(before), anchor.at(after));
        long shift = Math.abs(correction) > bound ? row.shift() + correction : row.shift();
        boolean jumped = shift != row.shift();
        if ((jumped || Math.abs(row.database() - row.seen()) >= noteAfter) && !note(row, shift)) {
            return false;
        }
        if (jumped) {
            LOG.log(System.Logger.Level.WARNING, "MR0518 the clock of the spool''s database was set {0} by {1} s: due"
                    + " times, leases and ages of mails go on as if it had not been",
                    correction > 0 ? "back" : "forward", String.valueOf(Math.abs(correction) / 1000));
        }
        // A reading that took long tells little.
        if (anchor == null || jumped || (after - before) / NANOS <= bound) {
            long middle = before + (after - before) / 2;
            anchor = new Anchor(middle, row.database() + shift, anchor == null ? Long.MIN_VALUE : anchor.at(after),
                    shift, row.database());
        }
        return true;
    }

    /** What is to be added to the database's clock so that the time goes on as our own clock says. */
    private long correction(ClockRow row, long ownBefore, long ownAfter) {
        if (row.told() < ownBefore) {
            return ownBefore - row.told();
        }
        boolean seenByAnother = !row.by().equals(server) && row.seen() > anchor.database()
                && Math.abs(row.database() - row.seen()) <= bound;
        return row.told() > ownAfter && !seenByAnother ? ownAfter - row.told() : 0;
    }

    private boolean note(ClockRow row, long shift) throws SQLException {
        return database.run(connection -> {
            try (var update = connection.prepareStatement("update mailroom_clock set shift = ?, seen = ?, seen_by = ?"
                    + " where id = 1 and shift = ? and seen = ?")) {
                update.setLong(1, shift);
                update.setLong(2, row.database());
                update.setString(3, server);
                update.setLong(4, row.shift());
                update.setLong(5, row.seen());
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Two servers that start together may both try; one row is enough. */
    private void insert() throws SQLException {
        try {
            database.run(connection -> {
                try (var insert = connection.prepareStatement("insert into mailroom_clock (id, shift, seen, seen_by)"
                        + " values (1, 0, " + clock + ", '')" + database.dialect().onDuplicate())) {
                    return insert.executeUpdate();
                }
            });
        } catch (SQLException e) {
            if (!Dialect.isDuplicate(e)) {
                throw e;
            }
        }
    }
}
