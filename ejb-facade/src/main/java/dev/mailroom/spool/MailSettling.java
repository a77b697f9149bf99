package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writing what became of claimed mails, many in one transaction: one flush to the disk for all of them. */
final class MailSettling {
    private static final String OURS = " where id = ? and lease_owner = ? and state in ('SENDING', 'PENDING')";
    private static final String FINISH = "update mailroom_mail set state = ?, lease_owner = '', due_at = " + NOW
            + ", keep_until = " + NOW + " + ?, reply = ?, error = ?" + OURS;
    private static final String POSTPONE = "update mailroom_mail set state = 'PENDING', lease_owner = '', due_at = "
            + NOW + " + ?, attempts = attempts - ?, envelope = ?, reply = ?, error = ?" + OURS;
    private static final String GIVE_BACK = "update mailroom_mail set state = 'PENDING', lease_owner = '', due_at = "
            + NOW + ", attempts = attempts - 1" + OURS;

    private final SpoolDatabase database;
    private final RetentionSettings retention;

    MailSettling(SpoolDatabase database, SpoolSettings settings) {
        this.database = database;
        this.retention = settings.retention();
    }

    /** @return the settlements that were written */
    List<Settlement> settle(List<Settlement> settlements) throws SQLException {
        return database.run(connection -> {
            List<Settlement> ours = new ArrayList<>();
            for (String sql : List.of(FINISH, POSTPONE, GIVE_BACK)) {
                ours.addAll(update(connection, sql,
                        settlements.stream().filter(settlement -> statement(settlement).equals(sql)).toList()));
            }
            for (Settlement settlement : ours) {
                decide(connection, settlement);
            }
            ContentTable.delete(connection, ours.stream()
                    .filter(settlement -> settlement.state() == SpoolState.SENT)
                    .map(settlement -> settlement.mail().id()).toList());
            return ours;
        });
    }

    private static String statement(Settlement settlement) {
        if (settlement.state() != SpoolState.PENDING) {
            return FINISH;
        }
        return settlement.error().isEmpty() ? GIVE_BACK : POSTPONE;
    }

    private List<Settlement> update(Connection connection, String sql, List<Settlement> settlements)
            throws SQLException {
        List<Settlement> ours = new ArrayList<>();
        if (settlements.isEmpty()) {
            return ours;
        }
        try (var update = connection.prepareStatement(sql)) {
            for (Settlement settlement : settlements) {
                int next = values(update, sql, settlement);
                update.setLong(next, settlement.mail().id());
                update.setString(next + 1, settlement.mail().lease());
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            for (int index = 0; index < counts.length; index++) {
                if (counts[index] == 1) {
                    ours.add(settlements.get(index));
                }
            }
            return ours;
        }
    }

    /** @return the index of the next parameter */
    private int values(PreparedStatement update, String sql, Settlement settlement) throws SQLException {
        int next = 1;
        if (sql.equals(GIVE_BACK)) {
            return next;
        }
        if (sql.equals(POSTPONE)) {
            update.setLong(next++, settlement.delay().toMillis());
            update.setInt(next++, settlement.attempted() ? 0 : 1);
            update.setString(next++, EnvelopeText.write(
                    EnvelopeText.with(settlement.mail().envelope(), settlement.remaining())));
        } else {
            update.setString(next++, settlement.state().name());
            update.setLong(next++, Keeping.millis(
                    settlement.state() == SpoolState.SENT ? retention.sent() : retention.failed()));
        }
        update.setString(next++, ReplyText.write(settlement.reply()));
        update.setString(next++, ReplyText.bounded(settlement.error()));
        return next;
    }

    private static void decide(Connection connection, Settlement settlement) throws SQLException {
        if (settlement.decided().isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement(
                        "delete from mailroom_recipient where mail_id = ? and address = ?");
                var insert = connection.prepareStatement(
                        "insert into mailroom_recipient (mail_id, address, state, reply) values (?, ?, ?, ?)")) {
            for (RecipientOutcome outcome : settlement.decided()) {
                delete.setLong(1, settlement.mail().id());
                delete.setString(2, outcome.address());
                delete.executeUpdate();
                insert.setLong(1, settlement.mail().id());
                insert.setString(2, outcome.address());
                insert.setString(3, outcome.state().name());
                insert.setString(4, ReplyText.write(outcome.reply()));
                insert.executeUpdate();
            }
        }
    }
}
