package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailOutcomes;
import dev.mailroom.spool.MailSettled;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.UntoldOutcome;
import dev.mailroom.spool.UntoldOutcomes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One row for each outcome that the application has not acknowledged; the mail itself is remembered as long. */
final class JdbcMailOutcomes implements MailOutcomes {
    private static final String SELECT = "select m.id, m.caller, m.message_id, m.state, m.reply, m.error, m.reference,"
            + " m.finished_at, o.tell_at, o.failures, o.error as failure from mailroom_outcome o join mailroom_mail m"
            + " on m.id = o.mail_id";

    private final SpoolDatabase database;
    private final SpoolClock clock;

    JdbcMailOutcomes(SpoolDatabase database, SpoolClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes, in the transaction that finishes mails, that their outcomes are to be told; first by this server. */
    static void note(Connection connection, List<Long> mails, long now) throws SQLException {
        if (mails.isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement("delete from mailroom_outcome where mail_id = ?");
                var insert = connection.prepareStatement("insert into mailroom_outcome (mail_id, tell_at, failures,"
                        + " error) values (?, ?, 0, '')")) {
            for (long mail : mails) {
                delete.setLong(1, mail);
                delete.addBatch();
                insert.setLong(1, mail);
                insert.setLong(2, now + LEASE.toMillis());
                insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
        }
    }

    /** The same of all mails that a condition with one value chooses; due at once. */
    static void noteAll(Connection connection, String where, long value, long now) throws SQLException {
        try (var insert = connection.prepareStatement("insert into mailroom_outcome (mail_id, tell_at, failures, error)"
                + " select id, cast(? as bigint), 0, '' from mailroom_mail m" + where
                + " and not exists (select 1 from mailroom_outcome o where o.mail_id = m.id)")) {
            insert.setLong(1, now);
            insert.setLong(2, value);
            insert.executeUpdate();
        }
    }

    @Override
    public Optional<UntoldOutcome> find(long id) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement(SELECT + " where o.mail_id = ?")) {
                select.setLong(1, id);
                try (var rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(untold(rows)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<Long> claim(int most, Duration lease) throws SQLException {
        return database.run(connection -> {
            long now = clock.now();
            List<Long> due = due(connection, most, now);
            List<Long> claimed = new ArrayList<>();
            try (var update = connection.prepareStatement("update mailroom_outcome set tell_at = ?"
                    + " where mail_id = ? and tell_at <= ?")) {
                for (long id : due) {
                    update.setLong(1, now + lease.toMillis());
                    update.setLong(2, id);
                    update.setLong(3, now);
                    if (update.executeUpdate() == 1) {
                        claimed.add(id);
                    }
                }
            }
            return claimed;
        });
    }

    private List<Long> due(Connection connection, int most, long now) throws SQLException {
        try (var select = connection.prepareStatement("select mail_id from mailroom_outcome where tell_at <= ?"
                + " order by tell_at limit ?" + database.dialect().skipLocked())) {
            select.setLong(1, now);
            select.setInt(2, most);
            List<Long> due = new ArrayList<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    due.add(rows.getLong("mail_id"));
                }
            }
            return due;
        }
    }

    @Override
    public boolean acknowledge(long id) throws SQLException {
        return database.run(connection -> {
            try (var delete = connection.prepareStatement("delete from mailroom_outcome where mail_id = ?")) {
                delete.setLong(1, id);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void postpone(long id, Duration wait, String error) throws SQLException {
        database.run(connection -> {
            try (var update = connection.prepareStatement("update mailroom_outcome set tell_at = ?,"
                    + " failures = failures + 1, error = ? where mail_id = ?")) {
                update.setLong(1, clock.now() + wait.toMillis());
                update.setString(2, ReplyText.bounded(error));
                update.setLong(3, id);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public boolean hurry(long id) throws SQLException {
        return database.run(connection -> {
            try (var update = connection.prepareStatement(
                    "update mailroom_outcome set tell_at = ? where mail_id = ?")) {
                update.setLong(1, clock.now());
                update.setLong(2, id);
                return update.executeUpdate() == 1;
            }
        });
    }

    @Override
    public UntoldOutcomes count() throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement("select count(*) as outcomes,"
                    + " count(case when o.failures > 0 then 1 end) as failing, min(m.finished_at) as oldest"
                    + " from mailroom_outcome o join mailroom_mail m on m.id = o.mail_id");
                    var row = select.executeQuery()) {
                row.next();
                long count = row.getLong("outcomes");
                long oldest = row.getLong("oldest");
                return new UntoldOutcomes(count, row.getLong("failing"),
                        count == 0 ? Optional.empty() : Optional.of(clock.shown(oldest)));
            }
        });
    }

    @Override
    public void takeOver() throws SQLException {
        database.run(connection -> {
            try (var update = connection.prepareStatement(
                    "update mailroom_outcome set tell_at = ? where tell_at > ?")) {
                long now = clock.now();
                update.setLong(1, now);
                update.setLong(2, now);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public List<UntoldOutcome> list(long after, int most) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement(
                    SELECT + " where o.mail_id > ? order by o.mail_id limit ?")) {
                select.setLong(1, after);
                select.setInt(2, most);
                List<UntoldOutcome> found = new ArrayList<>();
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(untold(rows));
                    }
                }
                return found;
            }
        });
    }

    private UntoldOutcome untold(ResultSet row) throws SQLException {
        return new UntoldOutcome(outcome(row), clock.shown(row.getLong("finished_at")), row.getInt("failures"),
                clock.shown(row.getLong("tell_at")), row.getString("failure"));
    }

    private static MailSettled outcome(ResultSet row) throws SQLException {
        return new MailSettled(new MailIdentifier(row.getLong("id")), row.getString("caller"),
                row.getString("message_id"), SpoolState.valueOf(row.getString("state")),
                ReplyText.read(row.getString("reply")), row.getString("error"),
                Optional.ofNullable(row.getString("reference")).orElse(""));
    }
}
