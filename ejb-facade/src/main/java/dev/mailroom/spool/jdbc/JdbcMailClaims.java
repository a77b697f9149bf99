package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.MailClaims;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpooledMail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Claims in the table of mails: the name of the claim, and when its lease ends. */
final class JdbcMailClaims implements MailClaims {
    private static final String CLAIM = "update mailroom_mail m set state = 'SENDING', lease = ?, lease_until = ?,"
            + " attempts = m.attempts + 1 where m.id ";
    private static final String DUE = " m.state = 'PENDING' and m.queue_key = ? and m.due_at <= ?"
            // What has expired is given up by the sweep.
            + " and (m.expires_at is null or m.expires_at > ?)"
            // The first two are constant here: written out, so that H2 too sees that the index has the order.
            + " order by m.state, m.queue_key, m.due_at, m.id limit ?";
    /** Chooses, changes and reads in one round trip; rows that somebody else is just claiming are skipped. */
    private static final String AT_ONCE = "with claimed as (" + CLAIM
            + "= any(array(select m.id from mailroom_mail m where" + DUE
            + " for update skip locked)) returning m.*) select " + MailRow.COLUMNS
            + ", m.attempts, m.lease, p.part, p.bytes from claimed m" + ContentTable.FIRST_PART
                    + " order by m.due_at, m.id";
    /** Where several threads may choose the same rows, and the change of each tells who was first. */
    private static final String CHOOSE = "select " + MailRow.COLUMNS + ", m.attempts + 1 as attempts,"
            + " cast(? as varchar) as lease, p.part, p.bytes from mailroom_mail m" + ContentTable.FIRST_PART + " where"
                    + DUE;
    /** What a dead server had under way is one incident: its claims begin with the name of the run. */
    private static final String RUN = "substring(lease from 1 for 36)";
    /** Waiting is said by columns without an index: by that of the states H2 would look at all that wait. */
    private static final String CHANGE = CLAIM + "= ? and m.lease_until is null and m.finished_at is null";

    private final SpoolDatabase database;
    private final SpoolSettings settings;
    private final MailSettling settling;
    private final ContentTable contents;
    private final SpoolLimits limits;
    private final SpoolClock clock;
    private final String server;
    private final boolean tells;
    private final AtomicLong claims = new AtomicLong();
    private final ClaimUpdate<SpooledMail> extension;

    /**
     * @param server names this server and this run of it; each claim gets a name of its own from it
     * @param tells whether the application wants to be told of outcomes
     */
    JdbcMailClaims(SpoolDatabase database, SpoolSettings settings, ContentTable contents, SpoolLimits limits,
            SpoolClock clock, String server, boolean tells) {
        this.database = database;
        this.settings = settings;
        this.settling = new MailSettling(database.dialect(), settings.retention(), clock, tells);
        this.contents = contents;
        this.limits = limits;
        this.clock = clock;
        this.server = server;
        this.tells = tells;
        // A mail that was taken over keeps the name of its claim, but not its lease.
        this.extension = new ClaimUpdate<>("lease_until = ?", "and m.lease_until is not null",
                mail -> mail, List.of(new ClaimUpdate.ColumnValue<>("bigint", mail -> clock.now() + leaseMillis())));
    }

    @Override
    public List<Settlement> settle(List<Settlement> settlements) throws SQLException {
        return noted(database.run(connection -> settling.settle(connection, settlements)));
    }

    @Override
    public Turnover settleAndClaim(List<Settlement> settlements, SpoolQueue queue, int most) throws SQLException {
        Turnover turnover = database.run(connection ->
                claim(connection, settling.settle(connection, settlements), queue, most));
        noted(turnover.written());
        return turnover;
    }

    private List<Settlement> noted(List<Settlement> written) {
        limits.left(written);
        return written;
    }

    private Turnover claim(Connection connection, List<Settlement> written, SpoolQueue queue, int most)
            throws SQLException {
        String lease = server + "-" + claims.incrementAndGet();
        if (database.dialect().sets()) {
            List<SpooledMail> claimed = claimAtOnce(connection, queue, most, lease);
            return new Turnover(written, claimed, claimed.size() < most);
        }
        List<SpooledMail> chosen = choose(connection, queue, most, lease);
        return new Turnover(written, claim(connection, chosen, lease), chosen.size() < most);
    }

    private List<SpooledMail> claimAtOnce(Connection connection, SpoolQueue queue, int most, String lease)
            throws SQLException {
        try (var claim = connection.prepareStatement(AT_ONCE)) {
            long now = clock.now();
            claim.setString(1, lease);
            claim.setLong(2, now + leaseMillis());
            claim.setString(3, queue.key());
            claim.setLong(4, now);
            claim.setLong(5, now);
            claim.setInt(6, most);
            return read(claim, now);
        }
    }

    private List<SpooledMail> choose(Connection connection, SpoolQueue queue, int most, String lease)
            throws SQLException {
        try (var choose = connection.prepareStatement(CHOOSE)) {
            long now = clock.now();
            choose.setString(1, lease);
            choose.setString(2, queue.key());
            choose.setLong(3, now);
            choose.setLong(4, now);
            choose.setInt(5, most);
            return read(choose, now);
        }
    }

    private List<SpooledMail> claim(Connection connection, List<SpooledMail> chosen, String lease)
            throws SQLException {
        if (chosen.isEmpty()) {
            return chosen;
        }
        try (var change = connection.prepareStatement(CHANGE)) {
            long until = clock.now() + leaseMillis();
            for (SpooledMail mail : chosen) {
                change.setString(1, lease);
                change.setLong(2, until);
                change.setLong(3, mail.id());
                change.addBatch();
            }
            int[] counts = change.executeBatch();
            return IntStream.range(0, counts.length).filter(index -> counts[index] == 1).mapToObj(chosen::get).toList();
        }
    }

    private List<SpooledMail> read(PreparedStatement select, long now) throws SQLException {
        try (var rows = select.executeQuery()) {
            List<SpooledMail> mails = new ArrayList<>();
            while (rows.next()) {
                mails.add(MailRow.readWithContent(rows, contents, now));
            }
            return mails;
        }
    }

    @Override
    public List<SpooledMail> extendLeases(List<SpooledMail> mails) throws SQLException {
        return database.run(connection -> {
            List<SpooledMail> lost = new ArrayList<>(mails);
            lost.removeAll(extension.run(connection, database.dialect(), mails));
            return lost;
        });
    }

    @Override
    public int takeOver(InDoubt policy, boolean all) throws SQLException {
        String which = " where state = 'SENDING' and lease_until < ?";
        long now = clock.now();
        long ended = all ? Long.MAX_VALUE : now;
        String sql = policy == InDoubt.RESEND
                // The claim's name stays until the next claim: an outcome that comes late is still true.
                ? "update mailroom_mail set state = 'PENDING', lease_until = null, due_at = ?" + which
                : "update mailroom_mail set state = 'IN_DOUBT', incident = " + RUN + ", lease = '', lease_until = null,"
                        + " give_up_at = null, finished_at = ?, keep_until = ?,"
                        + " error = 'the server stopped while this mail was in flight'" + which;
        return database.run(connection -> {
            if (policy == InDoubt.HOLD && tells) {
                JdbcMailOutcomes.noteAll(connection, which, ended, now);
            }
            try (var update = connection.prepareStatement(sql)) {
                int column = 1;
                update.setLong(column++, now);
                if (policy == InDoubt.HOLD) {
                    update.setLong(column++, now + Retention.millis(settings.retention().failed()));
                }
                update.setLong(column, ended);
                return update.executeUpdate();
            }
        });
    }

    private long leaseMillis() {
        return settings.drain().lease().toMillis();
    }
}
