package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives up mails that have waited longer than they may. */
final class ExpiredMails {
    private static final int AT_A_TIME = 500;
    private static final String SELECT = "select " + MailRow.COLUMNS
            + ", m.attempts, m.lease, m.reply, m.error, coalesce((select q.error"
            + " from mailroom_queue q where q.queue_key = m.queue_key), '') as queue_error from mailroom_mail m"
            + " where state = 'PENDING' and give_up_at <= ? and (due_at <= ? or expires_at is not null)"
            + " order by state, give_up_at limit ?";
    private static final String GIVE_UP = "update mailroom_mail set state = ?,"
            // What a dead server had under way is one incident, as where such mails are held at once.
            + " incident = case when ? = 'IN_DOUBT' then nullif(substring(lease from 1 for 36), '') end, lease = '',"
            + " give_up_at = null, finished_at = ?, keep_until = ?, error = ?"
            + " where id = ? and finished_at is null and lease_until is null";

    private static final String EXPIRED = "it expired before it could be sent, as whoever sent it has asked";

    private final SpoolDatabase database;
    private final SpoolSettings settings;
    private final ContentTable contents;
    private final SpoolClock clock;
    private final boolean tells;

    ExpiredMails(SpoolDatabase database, SpoolSettings settings, ContentTable contents, SpoolClock clock,
            boolean tells) {
        this.database = database;
        this.settings = settings;
        this.contents = contents;
        this.clock = clock;
        this.tells = tells;
    }

    /** @return what was given up, some at a time; empty = there is no more */
    List<Settlement> giveUp() throws SQLException {
        return database.run(connection -> {
            long now = clock.now();
            List<Settlement> givenUp = new ArrayList<>();
            for (Settlement aged : aged(connection, now)) {
                if (giveUp(connection, aged, now)) {
                    givenUp.add(aged);
                }
            }
            if (tells) {
                JdbcMailOutcomes.note(connection, givenUp.stream().map(one -> one.mail().id()).toList(), now);
            }
            return givenUp;
        });
    }

    private List<Settlement> aged(Connection connection, long now) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + database.dialect().skipLocked())) {
            select.setLong(1, now);
            select.setLong(2, now);
            select.setInt(3, AT_A_TIME);
            try (var rows = select.executeQuery()) {
                List<Settlement> aged = new ArrayList<>();
                while (rows.next()) {
                    SpooledMail mail = MailRow.read(rows, contents, now);
                    aged.add(new Settlement(mail, state(mail), Duration.ZERO, false,
                            ReplyText.read(rows.getString("reply")),
                            expired(mail) ? EXPIRED + lastError(rows.getString("error"))
                                    : why(mail, rows.getString("error"), rows.getString("queue_error")), List.of()));
                }
                return aged;
            }
        }
    }

    /** The claim that was taken over leaves its name: nobody knows what came of it. */
    private static boolean cutOff(SpooledMail mail) {
        return !mail.lease().isEmpty();
    }

    private static SpoolState state(SpooledMail mail) {
        return mail.doubts() > 0 || cutOff(mail) ? SpoolState.IN_DOUBT : SpoolState.FAILED;
    }

    private static boolean expired(SpooledMail mail) {
        return mail.left().filter(left -> left.isZero() || left.isNegative()).isPresent();
    }

    private static String lastError(String error) {
        return error.isEmpty() ? "" : "; last: " + error;
    }

    private static String why(SpooledMail mail, String lastError, String queueError) {
        if (mail.doubts() > 0) {
            return "given up: too old; an attempt ended without an answer, so it may have been delivered"
                    + (lastError.isEmpty() ? "" : ": " + lastError);
        }
        if (cutOff(mail)) {
            return "given up: too old; its last attempt was cut off, so it may have been delivered";
        }
        if (!lastError.isEmpty()) {
            return lastError;
        }
        return "given up: too old, and never tried: " + (queueError.isEmpty()
                ? "its session was not open, or others were before it" : "its session had to wait: " + queueError);
    }

    private boolean giveUp(Connection connection, Settlement aged, long now) throws SQLException {
        try (var update = connection.prepareStatement(GIVE_UP)) {
            update.setString(1, aged.state().name());
            update.setString(2, aged.state().name());
            update.setLong(3, now);
            update.setLong(4, now + Retention.millis(settings.retention().failed()));
            update.setString(5, ReplyText.bounded(aged.error()));
            update.setLong(6, aged.mail().id());
            return update.executeUpdate() == 1;
        }
    }
}
