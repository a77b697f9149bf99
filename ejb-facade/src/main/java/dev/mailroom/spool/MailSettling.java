package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writing what became of claimed mails, many in one transaction: one flush to the disk for all of them. */
final class MailSettling {
    private static final String OURS = " where id = ? and state = 'SENDING' and lease_owner = ?";
    private static final String FINISH = "update mailroom_mail set state = ?, lease_owner = '', due_at = " + NOW
            + ", keep_until = " + NOW + " + ?, reply = ?, error = ?" + OURS;
    private static final String POSTPONE = "update mailroom_mail set state = 'PENDING', lease_owner = '', due_at = "
            + NOW + " + ?, attempts = attempts - ?, envelope = ?, reply = ?, error = ?" + OURS;
    private static final String GIVE_BACK = "update mailroom_mail set state = 'PENDING', lease_owner = '', due_at = "
            + NOW + ", attempts = attempts - 1" + OURS;

    private final SpoolDatabase database;
    private final RetentionSettings retention;
    private final String owner;

    MailSettling(SpoolDatabase database, SpoolSettings settings, String owner) {
        this.database = database;
        this.retention = settings.retention();
        this.owner = owner;
    }

    /** @return the settlements of mails that were still ours */
    List<Settlement> settle(List<Settlement> settlements) throws SQLException {
        return database.run(connection -> {
            List<Settlement> ours = new ArrayList<>();
            for (Settlement settlement : settlements) {
                if (update(connection, settlement) == 1) {
                    ours.add(settlement);
                    decide(connection, settlement);
                    if (settlement.state() == SpoolState.SENT) {
                        ContentTable.delete(connection, settlement.mail().id());
                    }
                }
            }
            return ours;
        });
    }

    private int update(Connection connection, Settlement settlement) throws SQLException {
        boolean again = settlement.state() == SpoolState.PENDING;
        boolean untouched = again && settlement.error().isEmpty();
        try (var update = connection.prepareStatement(untouched ? GIVE_BACK : again ? POSTPONE : FINISH)) {
            int next = 1;
            if (again && !untouched) {
                update.setLong(next++, settlement.delay().toMillis());
                update.setInt(next++, settlement.attempted() ? 0 : 1);
                update.setString(next++, EnvelopeText.write(
                        EnvelopeText.with(settlement.mail().envelope(), settlement.remaining())));
            } else if (!again) {
                update.setString(next++, settlement.state().name());
                update.setLong(next++, Keeping.millis(
                        settlement.state() == SpoolState.SENT ? retention.sent() : retention.failed()));
            }
            if (!untouched) {
                update.setString(next++, ReplyText.write(settlement.reply()));
                update.setString(next++, ReplyText.bounded(settlement.error()));
            }
            update.setLong(next++, settlement.mail().id());
            update.setString(next, owner);
            return update.executeUpdate();
        }
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
