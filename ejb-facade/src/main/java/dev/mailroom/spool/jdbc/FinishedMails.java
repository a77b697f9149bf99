package dev.mailroom.spool.jdbc;

import dev.mailroom.Envelope;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Sends finished mails again and deletes them: by an administrator, or because their time is over. */
final class FinishedMails {
    private static final int AT_A_TIME = 500;

    private final SpoolDatabase database;
    private final SpoolSettings settings;
    private final SpoolClock clock;

    FinishedMails(SpoolDatabase database, SpoolSettings settings, SpoolClock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    boolean resend(long id) throws SQLException {
        return database.run(connection -> {
            Optional<Envelope> envelope = stopped(connection, id);
            if (envelope.isEmpty()) {
                return false;
            }
            execute(connection, "delete from mailroom_recipient where mail_id = ? and state <> 'SENT'", id);
            execute(connection, "delete from mailroom_outcome where mail_id = ?", id);
            try (var update = connection.prepareStatement("update mailroom_mail set state = 'PENDING', attempts = 0,"
                    + " doubts = 0, due_at = ?, accepted_at = ?, give_up_at = ?, scheduled_at = null,"
                    + " expires_at = null,"
                    + " finished_at = null, keep_until = null, incident = null, envelope = ?,"
                    + " reply = '', error = '' where id = ?")) {
                long now = clock.now();
                update.setLong(1, now);
                update.setLong(2, now);
                update.setLong(3, now + settings.longestWait().toMillis());
                update.setString(4, EnvelopeText.write(envelope.get()));
                update.setLong(5, id);
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
                Envelope last = EnvelopeText.read(rows.getString("envelope"));
                var paths = new LinkedHashSet<>(last.forwardPaths());
                for (RecipientOutcome one : JdbcMailArchive.recipients(connection, id)) {
                    if (one.state() == SpoolState.FAILED) {
                        paths.add(one.address());
                    } else if (one.state() == SpoolState.SENT) {
                        paths.remove(one.address());
                    }
                }
                return Optional.of(last.withForwardPaths(List.copyOf(paths)));
            }
        }
    }

    boolean cancel(long id) throws SQLException {
        return database.run(connection -> execute(connection,
                "delete from mailroom_mail where id = ? and state = 'PENDING'", id) == 1 && forget(connection, id));
    }

    boolean delete(long id) throws SQLException {
        return database.run(connection -> execute(connection,
                "delete from mailroom_mail where id = ? and state <> 'SENDING'", id) == 1 && forget(connection, id));
    }

    /** Deletes finished mails whose time is over, some at a time. True = there may be more. */
    boolean deleteExpired() throws SQLException {
        boolean more = false;
        for (SpoolState state : List.of(SpoolState.SENT, SpoolState.FAILED, SpoolState.IN_DOUBT)) {
            more |= database.run(connection -> deleteExpired(connection, state)) == AT_A_TIME;
        }
        return more;
    }

    private int deleteExpired(Connection connection, SpoolState state) throws SQLException {
        List<Long> old = new ArrayList<>();
        try (var select = connection.prepareStatement("select id from mailroom_mail m where state = '" + state
                + "' and give_up_at is null and keep_until < ?"
                + " and not exists (select 1 from mailroom_outcome o where o.mail_id = m.id)"
                + " order by state, give_up_at, keep_until limit ?" + database.dialect()
                        .skipLocked())) {
            select.setLong(1, clock.now());
            select.setInt(2, AT_A_TIME);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    old.add(rows.getLong("id"));
                }
            }
        }
        for (long id : old) {
            if (execute(connection, "delete from mailroom_mail where id = ? and finished_at is not null", id) == 1) {
                forget(connection, id);
            }
        }
        return old.size();
    }

    private static boolean forget(Connection connection, long id) throws SQLException {
        execute(connection, "delete from mailroom_recipient where mail_id = ?", id);
        execute(connection, "delete from mailroom_outcome where mail_id = ?", id);
        ContentTable.delete(connection, List.of(id));
        return true;
    }

    private static int execute(Connection connection, String sql, long id) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            return statement.executeUpdate();
        }
    }
}
