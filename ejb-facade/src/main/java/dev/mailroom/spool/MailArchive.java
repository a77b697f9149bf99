package dev.mailroom.spool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looking at mails. */
final class MailArchive {
    private static final String COLUMNS = "select id, owner, queue_key, message_id, state, attempts, size, accepted_at,"
            + " due_at, reply, error, envelope from mailroom_mail";

    private final SpoolDatabase database;

    MailArchive(SpoolDatabase database) {
        this.database = database;
    }

    Optional<MailStatus> status(long id) throws SQLException {
        return database.run(connection -> {
            try (var select = connection.prepareStatement(COLUMNS + " where id = ?")) {
                select.setLong(1, id);
                return read(connection, select).stream().findFirst();
            }
        });
    }

    List<MailStatus> list(SpoolState state, long after, int most) throws SQLException {
        return database.run(connection -> {
            try (var select = connection.prepareStatement(
                    COLUMNS + " where state = ? and id > ? order by id limit ?")) {
                select.setString(1, state.name());
                select.setLong(2, after);
                select.setInt(3, most);
                return read(connection, select);
            }
        });
    }

    SpoolFill fill() throws SQLException {
        return database.run(connection -> {
            try (var select = connection.prepareStatement("select count(*), coalesce(sum(size), 0) from mailroom_mail"
                    + " where state in ('PENDING', 'SENDING')");
                    var rows = select.executeQuery()) {
                rows.next();
                return new SpoolFill(rows.getLong(1), rows.getLong(2));
            }
        });
    }

    private static List<MailStatus> read(Connection connection, PreparedStatement select) throws SQLException {
        List<MailStatus> found = new ArrayList<>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(row(rows, outcomes(connection, rows)));
            }
        }
        return found;
    }

    private static MailStatus row(ResultSet row, List<RecipientOutcome> outcomes) throws SQLException {
        return new MailStatus(
                new MailIdentifier(row.getLong("id")),
                row.getString("owner"),
                row.getString("queue_key"),
                row.getString("message_id"),
                SpoolState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getLong("size"),
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                ReplyText.read(row.getString("reply")),
                row.getString("error"),
                outcomes);
    }

    /** Recipients share the fate of their mail unless something else is written about them. */
    private static List<RecipientOutcome> outcomes(Connection connection, ResultSet mail) throws SQLException {
        var state = SpoolState.valueOf(mail.getString("state"));
        var reply = ReplyText.read(mail.getString("reply"));
        Map<String, RecipientOutcome> outcomes = new LinkedHashMap<>();
        for (String address : EnvelopeText.read(mail.getString("envelope")).forwardPaths()) {
            outcomes.put(address, new RecipientOutcome(address, state, reply));
        }
        decided(connection, mail.getLong("id")).forEach(one -> outcomes.put(one.address(), one));
        return List.copyOf(outcomes.values());
    }

    static List<RecipientOutcome> decided(Connection connection, long id) throws SQLException {
        try (var select = connection.prepareStatement(
                "select address, state, reply from mailroom_recipient where mail_id = ? order by address")) {
            select.setLong(1, id);
            try (var rows = select.executeQuery()) {
                List<RecipientOutcome> outcomes = new ArrayList<>();
                while (rows.next()) {
                    outcomes.add(new RecipientOutcome(rows.getString(1), SpoolState.valueOf(rows.getString(2)),
                            ReplyText.read(rows.getString(3))));
                }
                return outcomes;
            }
        }
    }
}
