package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives up mails that have waited longer than they may. */
final class AgedMails {
    private static final int AT_A_TIME = 500;
    private static final String SELECT = "select " + MailClaims.COLUMNS + ", reply, error, coalesce((select q.error"
            + " from mailroom_queue q where q.queue_key = m.queue_key), '') from mailroom_mail m"
            + " where state = 'PENDING' and keep_until < " + NOW + " and due_at <= " + NOW
            + " order by state, keep_until limit ?";
    private static final String GIVE_UP = "update mailroom_mail set state = 'FAILED', lease_owner = '', due_at = " + NOW
            + ", keep_until = " + NOW + " + ?, error = ? where id = ? and state = 'PENDING'";

    private final SpoolDatabase database;
    private final SpoolSettings settings;

    AgedMails(SpoolDatabase database, SpoolSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** @return what was given up, some at a time; empty = there is no more */
    List<Settlement> giveUp() throws SQLException {
        return database.run(connection -> {
            List<Settlement> givenUp = new ArrayList<>();
            for (Settlement aged : aged(connection)) {
                if (giveUp(connection, aged)) {
                    givenUp.add(aged);
                }
            }
            return givenUp;
        });
    }

    private List<Settlement> aged(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + database.dialect().skipLocked())) {
            select.setInt(1, AT_A_TIME);
            try (var rows = select.executeQuery()) {
                List<Settlement> aged = new ArrayList<>();
                while (rows.next()) {
                    SpooledMail mail = MailClaims.read(rows, 0, "");
                    aged.add(new Settlement(mail, SpoolState.FAILED, Duration.ZERO, false,
                            ReplyText.read(rows.getString(9)), why(mail, rows.getString(10), rows.getString(11)),
                            List.of()));
                }
                return aged;
            }
        }
    }

    private static String why(SpooledMail mail, String lastError, String queueError) {
        if (!lastError.isEmpty()) {
            return lastError;
        }
        if (mail.attempts() > 0) {
            return "given up: too old; its last attempt was cut off, so it may have been delivered";
        }
        return "given up: too old, and never tried: " + (queueError.isEmpty()
                ? "its session was not open, or others were before it" : "its session had to wait: " + queueError);
    }

    private boolean giveUp(Connection connection, Settlement aged) throws SQLException {
        try (var update = connection.prepareStatement(GIVE_UP)) {
            update.setLong(1, Keeping.millis(settings.retention().failed()));
            update.setString(2, ReplyText.bounded(aged.error()));
            update.setLong(3, aged.mail().id());
            return update.executeUpdate() == 1;
        }
    }
}
