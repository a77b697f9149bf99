package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolStore;
import java.sql.SQLException;

/** Opens the store in a JDBC database. */
public final class JdbcSpool {
    private JdbcSpool() {
    }

    /**
     * Opens it; creates its tables, or brings older ones up to date.
     *
     * @param server names this server and this run of it in claims; at most 40 characters
     * @param tells whether the application wants to be told of outcomes: then they are remembered until it was
     * @throws SQLException also when a newer release has changed the tables in a way that this one does not know
     */
    public static SpoolStore open(SpoolDatabase database, SpoolSettings settings, String server, boolean tells)
            throws SQLException {
        new SpoolSchema(database).bringUpToDate();
        return store(database, settings, server, tells);
    }

    /** The same for an application that is not told of outcomes. */
    public static SpoolStore open(SpoolDatabase database, SpoolSettings settings, String server) throws SQLException {
        return open(database, settings, server, false);
    }

    /** Over tables that are up to date. */
    static SpoolStore store(SpoolDatabase database, SpoolSettings settings, String server) throws SQLException {
        return store(database, settings, server, false);
    }

    private static SpoolStore store(SpoolDatabase database, SpoolSettings settings, String server, boolean tells)
            throws SQLException {
        return store(database, settings, server, tells, new SpoolClock(
                database, SpoolClock.DATABASE, server, settings.drain().lease(), System::nanoTime));
    }

    /** By another clock. */
    static SpoolStore store(SpoolDatabase database, SpoolSettings settings, String server, boolean tells,
            SpoolClock clock) throws SQLException {
        clock.follow();
        var contents = new ContentTable(database, settings.cipher(), settings.encryptContents());
        var limits = new SpoolLimits(settings, () -> JdbcMailArchive.fills(database), System::nanoTime);
        return new SpoolStore(
                new JdbcMailIntake(database, settings, contents, limits, clock, server),
                new JdbcMailClaims(database, settings, contents, limits, clock, server, tells),
                new JdbcMailArchive(database, settings, contents, limits, clock, tells),
                new JdbcSpoolQueues(database, clock),
                new JdbcMailOutcomes(database, clock),
                new JdbcDeliveries(database, clock, server, settings.drain().lease()),
                clock);
    }
}
