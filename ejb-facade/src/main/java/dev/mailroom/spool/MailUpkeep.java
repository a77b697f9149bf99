package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import dev.mailroom.Envelope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Sending again and deleting: what an administrator does, and what time does. */
final class MailUpkeep {
    private static final int AT_A_TIME = 500;

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

    /** Deletes finished mails whose time is over, some at a time. True = there may be more. */
    boolean deleteOld() throws SQLException {
        boolean more = false;
        for (SpoolState state : List.of(SpoolState.SENT, SpoolState.FAILED, SpoolState.IN_DOUBT)) {
            more |= database.run(connection -> deleteOld(connection, state)) == AT_A_TIME;
        }
        return more;
    }

    private int deleteOld(Connection connection, SpoolState state) throws SQLException {
        List<Long> old = new ArrayList<>();
        try (var select = connection.prepareStatement("select id from mailroom_mail where state = ? and keep_until < "
                + NOW + " order by state, keep_until limit ?" + database.dialect().skipLocked())) {
            select.setString(1, state.name());
            select.setInt(2, AT_A_TIME);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    old.add(rows.getLong(1));
                }
            }
        }
        for (long id : old) {
            String same = "delete from mailroom_mail where state = '" + state + "' and id = ?";
            if (execute(connection, same, id) == 1) {
                forget(connection, id);
            }
        }
        return old.size();
    }

    private static boolean forget(Connection connection, long id) throws SQLException {
        execute(connection, "delete from mailroom_recipient where mail_id = ?", id);
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
