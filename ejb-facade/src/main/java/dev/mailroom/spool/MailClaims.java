package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Exclusive claims with a lease: at any time at most one server sends a mail, and a dead one's come free again. */
final class MailClaims {
    /** What {@link #read} reads. */
    static final String COLUMNS =
            "id, owner, message_id, envelope, size, eight_bit, attempts, " + NOW + " - accepted_at";

    // Rows that somebody else is just claiming are skipped, not waited for.
    private static final String SELECT = "select " + COLUMNS + " from mailroom_mail"
            + " where state = 'PENDING' and queue_key = ? and due_at <= " + NOW
            // The first two are constant here: written out, so that H2 too sees that the index has the order.
            + " order by state, queue_key, due_at, id limit ?";
    private static final String CLAIM = "update mailroom_mail set state = 'SENDING', lease_owner = ?, due_at = " + NOW
            + " + ?, attempts = attempts + 1 where id = ? and state = 'PENDING'";

    private final SpoolDatabase database;
    private final SpoolSettings settings;
    private final String owner;
    private final AtomicLong claims = new AtomicLong();

    /** @param owner names this server and this run of it; each claim gets a name of its own from it */
    MailClaims(SpoolDatabase database, SpoolSettings settings, String owner) {
        this.database = database;
        this.settings = settings;
        this.owner = owner;
    }

    List<SpooledMail> claim(String queue, int most) throws SQLException {
        return database.run(connection -> {
            List<SpooledMail> mails = due(connection, queue, most, owner + "-" + claims.incrementAndGet());
            if (mails.isEmpty()) {
                return mails;
            }
            try (var update = connection.prepareStatement(CLAIM)) {
                for (SpooledMail mail : mails) {
                    update.setString(1, mail.lease());
                    update.setLong(2, lease());
                    update.setLong(3, mail.id());
                    update.addBatch();
                }
                return with(1, mails, update.executeBatch());
            }
        });
    }

    /** Those of a batch whose count is that. */
    private static List<SpooledMail> with(int count, List<SpooledMail> mails, int[] counts) {
        return IntStream.range(0, counts.length).filter(index -> counts[index] == count).mapToObj(mails::get).toList();
    }

    private List<SpooledMail> due(Connection connection, String queue, int most, String lease) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + database.dialect().skipLocked())) {
            select.setString(1, queue);
            select.setInt(2, most);
            try (var rows = select.executeQuery()) {
                List<SpooledMail> mails = new ArrayList<>();
                while (rows.next()) {
                    mails.add(read(rows, 1, lease));
                }
                return mails;
            }
        }
    }

    /** @param more attempts that are not counted in the row */
    static SpooledMail read(ResultSet row, int more, String lease) throws SQLException {
        return new SpooledMail(row.getLong(1), row.getString(2), row.getString(3), EnvelopeText.read(row.getString(4)),
                row.getLong(5), row.getBoolean(6), row.getInt(7) + more, Duration.ofMillis(row.getLong(8)), lease);
    }

    List<SpooledMail> extendLeases(List<SpooledMail> mails) throws SQLException {
        return database.run(connection -> {
            try (var update = connection.prepareStatement("update mailroom_mail set due_at = " + NOW
                    + " + ? where id = ? and state = 'SENDING' and lease_owner = ?")) {
                for (SpooledMail mail : mails) {
                    update.setLong(1, lease());
                    update.setLong(2, mail.id());
                    update.setString(3, mail.lease());
                    update.addBatch();
                }
                return with(0, mails, update.executeBatch());
            }
        });
    }

    int takeOver(InDoubt policy, boolean all) throws SQLException {
        String which = " where state = 'SENDING'" + (all ? "" : " and due_at < " + NOW);
        String sql = policy == InDoubt.RESEND
                // The lease's name stays until the next claim: an outcome that comes late is still the truth.
                ? "update mailroom_mail set state = 'PENDING', due_at = " + NOW + which
                : "update mailroom_mail set state = 'IN_DOUBT', lease_owner = '', due_at = " + NOW + ", keep_until = "
                        + NOW + " + ?, error = 'the server stopped while this mail was in flight'" + which;
        return database.run(connection -> {
            try (var update = connection.prepareStatement(sql)) {
                if (policy == InDoubt.HOLD) {
                    update.setLong(1, Keeping.millis(settings.retention().failed()));
                }
                return update.executeUpdate();
            }
        });
    }

    private long lease() {
        return settings.drain().lease().toMillis();
    }
}
