package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import dev.mailroom.Envelope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Sending again, deleting, giving up what is too old: what an administrator does, and what time does. */
final class MailUpkeep {
    private static final int AT_A_TIME = 500;
    private static final String TOO_OLD = "update mailroom_mail set state = 'FAILED', due_at = " + NOW
            + ", keep_until = " + NOW + " + ?, error = case when error = '' then"
            + " 'given up: too old, and never tried because its session was not open' else error end"
            + " where state = 'PENDING' and keep_until < " + NOW + " and due_at <= " + NOW;

    private final SpoolDatabase database;
    private final SpoolSettings settings;

    MailUpkeep(SpoolDatabase database, SpoolSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    boolean resend(long id) throws SQLException {
        return database.run(connection -> {
            Optional<Envelope> envelope = stopped(connection, id);
            if (envelope.isEmpty()) {
                return false;
            }
            execute(connection, "delete from mailroom_recipient where mail_id = ? and state = 'FAILED'", id);
            try (var update = connection.prepareStatement("update mailroom_mail set state = 'PENDING', attempts = 0,"
                    + " due_at = " + NOW + ", accepted_at = " + NOW + ", keep_until = " + NOW + " + ?, envelope = ?,"
                    + " reply = '', error = '' where id = ?")) {
                update.setLong(1, settings.patience().toMillis());
                update.setString(2, EnvelopeText.write(envelope.get()));
                update.setLong(3, id);
                update.executeUpdate();
            }
            return true;
        });
    }

    /** The envelope of a failed mail with everybody who has not got it; locks the row. */
    private static Optional<Envelope> stopped(Connection connection, long id) throws SQLException {
        try (var select = connection.prepareStatement("select envelope from mailroom_mail"
                + " where id = ? and state in ('FAILED', 'IN_DOUBT') for update")) {
            select.setLong(1, id);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Envelope last = EnvelopeText.read(rows.getString(1));
                var paths = new LinkedHashSet<>(last.forwardPaths());
                for (RecipientOutcome one : MailArchive.decided(connection, id)) {
                    if (one.state() == SpoolState.FAILED) {
                        paths.add(one.address());
                    }
                }
                return Optional.of(EnvelopeText.with(last, List.copyOf(paths)));
            }
        }
    }

    boolean delete(long id) throws SQLException {
        return database.run(connection -> execute(connection,
                "delete from mailroom_mail where id = ? and state <> 'SENDING'", id) == 1 && forget(connection, id));
    }

    /** @return how many rows were given up or deleted; as many as one turn takes = there may be more */
    int tidy() throws SQLException {
        int givenUp = database.run(connection -> {
            try (var update = connection.prepareStatement(TOO_OLD)) {
                update.setLong(1, Keeping.millis(settings.retention().failed()));
                return update.executeUpdate();
            }
        });
        int deleted = 0;
        for (SpoolState state : List.of(SpoolState.SENT, SpoolState.FAILED, SpoolState.IN_DOUBT)) {
            deleted += database.run(connection -> deleteOld(connection, state));
        }
        return givenUp + deleted;
    }

    private static int deleteOld(Connection connection, SpoolState state) throws SQLException {
        List<Long> old = new ArrayList<>();
        try (var select = connection.prepareStatement("select id from mailroom_mail where state = ? and keep_until < "
                + NOW + " order by keep_until limit ? for update skip locked")) {
            select.setString(1, state.name());
            select.setInt(2, AT_A_TIME);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    old.add(rows.getLong(1));
                }
            }
        }
        for (long id : old) {
            execute(connection, "delete from mailroom_mail where id = ?", id);
            forget(connection, id);
        }
        return old.size();
    }

    private static boolean forget(Connection connection, long id) throws SQLException {
        execute(connection, "delete from mailroom_recipient where mail_id = ?", id);
        ContentTable.delete(connection, id);
        return true;
    }

    private static int execute(Connection connection, String sql, long id) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            return statement.executeUpdate();
        }
    }
}
