package dev.mailroom.spool.jdbc;

import dev.mailroom.Envelope;
import dev.mailroom.spool.BouncedRecipient;
import dev.mailroom.spool.MailArchive;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads mails; classes beside this one change them. */
final class JdbcMailArchive implements MailArchive {
    private static final String COLUMNS = "select id, caller, queue_key, message_id, state, attempts, size,"
            + " accepted_at, case state when 'PENDING' then due_at else lease_until end as next_at, finished_at,"
            + " reply, error, envelope, incident, scheduled_at, expires_at from mailroom_mail";

    private final SpoolDatabase database;
    private final FinishedMails finished;
    private final ExpiredMails expired;
    private final BouncedMails bounced;
    private final SpoolLimits limits;
    private final SpoolClock clock;

    JdbcMailArchive(SpoolDatabase database, SpoolSettings settings, ContentTable contents, SpoolLimits limits,
            SpoolClock clock, boolean tells) {
        this.database = database;
        this.finished = new FinishedMails(database, settings, clock);
        this.expired = new ExpiredMails(database, settings, contents, clock, tells);
        this.bounced = new BouncedMails(database);
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Optional<MailStatus> status(long id) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement(COLUMNS + " where id = ?")) {
                select.setLong(1, id);
                return read(connection, select).stream().findFirst();
            }
        });
    }

    @Override
    public List<MailStatus> list(SpoolState state, long after, int most) throws SQLException {
        return database.read(connection -> {
            // The state is written out: an index of the rows in that state can serve only a query that names it.
            try (var select = connection.prepareStatement(
                    COLUMNS + " where state = '" + state + "' and id > ? order by id limit ?")) {
                select.setLong(1, after);
                select.setInt(2, most);
                return read(connection, select);
            }
        });
    }

    @Override
    public List<Long> ofIncident(String incident) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement("select id from mailroom_mail where state = 'IN_DOUBT'"
                    + " and incident = ? order by id")) {
                select.setString(1, incident);
                try (var rows = select.executeQuery()) {
                    List<Long> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(rows.getLong("id"));
                    }
                    return found;
                }
            }
        });
    }

    @Override
    public void prepareBounces() throws SQLException {
        bounced.prepare();
    }

    @Override
    public List<MailBounced> bounced(String messageId, Set<SpoolQueue> queues, List<BouncedRecipient> recipients)
            throws SQLException {
        return bounced.bounced(messageId, queues, recipients);
    }

    @Override
    public SpoolFill fill() throws SQLException {
        return fill(database);
    }

    /** By the queues' keys; queues without mails are left out. */
    static Map<String, SpoolFill> fills(SpoolDatabase database) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement("select queue_key, count(*) as messages, sum(size) as bytes"
                    + " from (select queue_key, size from mailroom_mail where state = 'PENDING'"
                    + " union all select queue_key, size from mailroom_mail where state = 'SENDING') waiting"
                    + " group by queue_key"); var rows = select.executeQuery()) {
                Map<String, SpoolFill> fills = new HashMap<>();
                while (rows.next()) {
                    fills.put(rows.getString("queue_key"),
                            new SpoolFill(rows.getLong("messages"), rows.getLong("bytes")));
                }
                return fills;
            }
        });
    }

    static SpoolFill fill(SpoolDatabase database) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement("select count(*) as messages, coalesce(sum(size), 0) as bytes"
                    + " from (select size from mailroom_mail where state = 'PENDING'"
                    + " union all select size from mailroom_mail where state = 'SENDING') waiting");
                    var rows = select.executeQuery()) {
                rows.next();
                return new SpoolFill(rows.getLong("messages"), rows.getLong("bytes"));
            }
        });
    }

    @Override
    public boolean resend(long id) throws SQLException {
        return finished.resend(id);
    }

    @Override
    public boolean cancel(long id) throws SQLException {
        return finished.cancel(id);
    }

    @Override
    public boolean delete(long id) throws SQLException {
        return finished.delete(id);
    }

    @Override
    public List<Settlement> giveUpExpired() throws SQLException {
        List<Settlement> givenUp = expired.giveUp();
        limits.left(givenUp);
        return givenUp;
    }

    @Override
    public boolean deleteExpired() throws SQLException {
        return finished.deleteExpired();
    }

    private List<MailStatus> read(Connection connection, PreparedStatement select) throws SQLException {
        List<MailStatus> found = new ArrayList<>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(row(rows, outcomes(connection, rows)));
            }
        }
        return found;
    }

    private MailStatus row(ResultSet row, List<RecipientOutcome> outcomes) throws SQLException {
        return new MailStatus(
                new MailIdentifier(row.getLong("id")),
                row.getString("caller"),
                SpoolQueue.ofKey(row.getString("queue_key")),
                row.getString("message_id"),
                row.getLong("size"),
                clock.shown(row.getLong("accepted_at")),
                SpoolState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                instant(row, "next_at"),
                instant(row, "finished_at"),
                ReplyText.read(row.getString("reply")),
                row.getString("error"),
                outcomes,
                Optional.ofNullable(row.getString("incident")).orElse(""),
                instant(row, "scheduled_at"),
                instant(row, "expires_at"));
    }

    private Optional<Instant> instant(ResultSet row, String label) throws SQLException {
        long millis = row.getLong(label);
        return row.wasNull() ? Optional.empty() : Optional.of(clock.shown(millis));
    }

    /**
     * Recipients share the state of their mail unless something else is written about them. A refusal is said of those
     * whom it refused: of a mail for all or nobody the others were accepted, and then not sent because of these.
     */
    private static List<RecipientOutcome> outcomes(Connection connection, ResultSet mail) throws SQLException {
        var state = SpoolState.valueOf(mail.getString("state"));
        Envelope envelope = EnvelopeText.read(mail.getString("envelope"));
        List<RecipientOutcome> known = recipients(connection, mail.getLong("id")).stream()
                .filter(one -> !one.state().open() || state.open() || state == SpoolState.FAILED)
                // The last refusal of a mail that has been given up meanwhile is its last.
                .map(one -> one.state().open() ? new RecipientOutcome(one.address(), state, one.reply()) : one)
                .toList();
        List<String> refused = known.stream().filter(one -> one.state() != SpoolState.SENT)
                .map(RecipientOutcome::address).toList();
        // A mail that was sent went to all of them, whoever's server has sent it back since.
        boolean because = !envelope.partialSend() && !refused.isEmpty() && state != SpoolState.SENT;
        var reply = ReplyText.read(mail.getString("reply"));
        Map<String, RecipientOutcome> outcomes = new LinkedHashMap<>();
        for (String address : envelope.forwardPaths()) {
            outcomes.put(address, because ? RecipientOutcome.because(refused, address, state)
                    : new RecipientOutcome(address, state, reply));
        }
        known.forEach(one -> outcomes.put(one.address(), one));
        return List.copyOf(outcomes.values());
    }

    /** What is written about single recipients. */
    static List<RecipientOutcome> recipients(Connection connection, long id) throws SQLException {
        try (var select = connection.prepareStatement(
                "select address, state, reply from mailroom_recipient where mail_id = ? order by address")) {
            select.setLong(1, id);
            try (var rows = select.executeQuery()) {
                List<RecipientOutcome> outcomes = new ArrayList<>();
                while (rows.next()) {
                    outcomes.add(new RecipientOutcome(rows.getString("address"),
                            SpoolState.valueOf(rows.getString("state")), ReplyText.read(rows.getString("reply"))));
                }
                return outcomes;
            }
        }
    }
}
