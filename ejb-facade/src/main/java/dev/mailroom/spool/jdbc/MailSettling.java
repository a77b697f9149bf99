package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes what became of claimed mails, many in one transaction: one flush to the disk for all of them. */
final class MailSettling {
    private final Dialect dialect;
    private final RetentionSettings retention;
    private final SpoolClock clock;
    private final ClaimUpdate<Settlement> finish;
    private final ClaimUpdate<Settlement> postpone;
    private final ClaimUpdate<Settlement> giveBack;

    private final boolean tells;

    /** @param tells whether the application wants to be told of outcomes */
    MailSettling(Dialect dialect, RetentionSettings retention, SpoolClock clock, boolean tells) {
        this.dialect = dialect;
        this.tells = tells;
        this.retention = retention;
        this.clock = clock;
        this.finish = update("finished_at = ?, state = ?, give_up_at = null, keep_until = ?,"
                        + " incident = nullif(?, ''), reply = ?, error = ?",
                List.of(value("bigint", one -> clock.now()),
                value("varchar", one -> one.state().name()),
                value("bigint", one -> clock.now() + retentionMillis(one)),
                value("varchar", one -> one.state() == SpoolState.IN_DOUBT ? one.incident() : ""),
                value("varchar", one -> ReplyText.write(one.reply())),
                value("varchar", one -> ReplyText.bounded(one.error()))));
        this.postpone = update("state = 'PENDING', due_at = ?, attempts = m.attempts - ?,"
                        + " doubts = m.doubts + ?, envelope = ?, reply = ?, error = ?",
                List.of(value("bigint", one -> clock.now() + one.delay().toMillis()),
                value("integer", one -> one.attempted() ? 0 : 1), value("integer", one -> one.inDoubt() ? 1 : 0),
                value("varchar", one -> EnvelopeText.write(
                        one.mail().envelope().withForwardPaths(one.remaining()))),
                value("varchar", one -> ReplyText.write(one.reply())),
                value("varchar", one -> ReplyText.bounded(one.error()))));
        this.giveBack = update("state = 'PENDING', attempts = m.attempts - 1", List.of());
    }

    private static ClaimUpdate<Settlement> update(String changes, List<ClaimUpdate.ColumnValue<Settlement>> values) {
        return new ClaimUpdate<>("lease = '', lease_until = null, " + changes, "", Settlement::mail, values);
    }

    private static ClaimUpdate.ColumnValue<Settlement> value(
            String type, Function<Settlement, Object> of) {
        return new ClaimUpdate.ColumnValue<>(type, of);
    }

    /** The statements that a database gets. */
    List<String> sql() {
        return List.of(finish.sql(dialect), postpone.sql(dialect), giveBack.sql(dialect));
    }

    /** @return the settlements that were written */
    List<Settlement> settle(Connection connection, List<Settlement> outcomes) throws SQLException {
        // No envelope is without recipients: one mail that would have none must not fail all others with it.
        List<Settlement> settlements = outcomes.stream().map(Settlement::endedIfNobodyRemains).toList();
        List<Settlement> written = new ArrayList<>();
        for (ClaimUpdate<Settlement> update : List.of(finish, postpone, giveBack)) {
            written.addAll(update.run(connection, dialect,
                    settlements.stream().filter(settlement -> updateOf(settlement) == update).toList()));
        }
        writeRecipients(connection, written);
        ContentTable.delete(connection, written.stream()
                .filter(settlement -> settlement.state() == SpoolState.SENT)
                .map(settlement -> settlement.mail().id()).toList());
        if (tells) {
            JdbcMailOutcomes.note(connection, written.stream().filter(settlement -> !settlement.state().open())
                    .map(settlement -> settlement.mail().id()).toList(), clock.now());
        }
        return written;
    }

    private ClaimUpdate<Settlement> updateOf(Settlement settlement) {
        if (settlement.state() != SpoolState.PENDING) {
            return finish;
        }
        return settlement.error().isEmpty() ? giveBack : postpone;
    }

    private long retentionMillis(Settlement settlement) {
        return Retention.millis(settlement.state() == SpoolState.SENT ? retention.sent() : retention.failed());
    }

    /** What an earlier attempt left open is not true any more; a first attempt costs no statement. */
    private static void forgetLastAttempt(Connection connection, List<Settlement> settlements) throws SQLException {
        List<Long> again = settlements.stream().filter(one -> one.attempted() && one.mail().attempts() > 1)
                .map(one -> one.mail().id()).toList();
        if (again.isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement(
                "delete from mailroom_recipient where mail_id = ? and state = 'PENDING'")) {
            for (long mail : again) {
                delete.setLong(1, mail);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static void writeRecipients(Connection connection, List<Settlement> settlements) throws SQLException {
        forgetLastAttempt(connection, settlements);
        if (settlements.stream().allMatch(settlement -> settlement.known().isEmpty())) {
            return;
        }
        try (var writing = new RecipientRows(connection)) {
            for (Settlement settlement : settlements) {
                for (RecipientOutcome outcome : settlement.known()) {
                    writing.add(settlement.mail().id(), outcome);
                }
            }
            writing.write();
        }
    }
}
