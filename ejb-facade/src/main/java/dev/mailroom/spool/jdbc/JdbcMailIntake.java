package dev.mailroom.spool.jdbc;

import dev.mailroom.MailData;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailIntake;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Accepts mails: one row and its content. */
final class JdbcMailIntake implements MailIntake {
    private static final String ROW = "insert into mailroom_mail (queue_key, caller, idempotency_key, message_id,"
            + " due_at, give_up_at, accepted_at, envelope, size, eight_bit, content_digest, reference, state, attempts,"
            + " lease, lease_until, reply, error) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')";
    private static final int COLUMNS = 16;

    private final SpoolDatabase database;
    private final SpoolLimits limits;
    private final ContentTable contents;
    private final SpoolClock clock;
    private final long longestWait;
    private final long lease;
    /** Of mails that are claimed when they are accepted; other claims count from 1. */
    private final String firstClaim;

    JdbcMailIntake(SpoolDatabase database, SpoolSettings settings, ContentTable contents, SpoolLimits limits,
            SpoolClock clock, String server) {
        this.lease = settings.drain().lease().toMillis();
        this.firstClaim = server + "-0";
        this.database = database;
        this.limits = limits;
        this.contents = contents;
        this.clock = clock;
        this.longestWait = settings.longestWait().toMillis();
    }

    @Override
    public AcceptedMail accept(NewMail mail) throws SQLException, SpoolFullException {
        return accept(mail, "");
    }

    @Override
    public Claimed acceptClaimed(NewMail mail) throws SQLException, SpoolFullException {
        byte[] bytes = ContentTable.bytes(mail.data());
        MailData content = ContentTable.loaded(bytes, mail.data().eightBit());
        AcceptedMail accepted = accept(new NewMail(mail.queue(), mail.caller(), mail.labels(), mail.envelope(), content,
                mail.schedule()), firstClaim);
        return new Claimed(accepted, accepted.duplicate() ? Optional.empty() : Optional.of(new SpooledMail(
                accepted.id().number(), mail.caller(), mail.labels().messageId(), mail.envelope(), content, 1, 0,
                Duration.ZERO, firstClaim)));
    }

    /** @param claim its name; empty = the mail waits to be claimed */
    private AcceptedMail accept(NewMail mail, String claim) throws SQLException, SpoolFullException {
        Optional<KnownMail> known = mail.labels().idempotencyKey().isEmpty()
                ? Optional.empty() : database.read(connection -> known(connection, mail));
        if (known.isPresent() && !known.get().hasFailed()) {
            return known.get().answer(mail.labels());
        }
        limits.admit(mail.queue().key(), mail.data().size());
        boolean done = false;
        try {
            AcceptedMail accepted = database.dialect().sets() && contents.isOnePlainPart(mail.data()) && known.isEmpty()
                    && mail.schedule().usual()
                    ? database.runOne(connection -> insertAtOnce(connection, mail, claim))
                    : database.run(connection -> {
                        if (known.isPresent()) {
                            known.get().free(connection);
                        }
                        return insert(connection, mail, claim);
                    });
            done = !accepted.duplicate();
            return accepted;
        } finally {
            if (!done) {
                limits.left(mail.data().size());
            }
        }
    }

    private AcceptedMail insert(Connection connection, NewMail mail, String claim) throws SQLException {
        try (var insert = connection.prepareStatement(row(mail), new String[] {"id"})) {
            bind(insert, mail, claim);
            insert.executeUpdate();
            try (var keys = insert.getGeneratedKeys()) {
                OptionalLong id = id(keys);
                if (id.isPresent()) {
                    write(connection, id.getAsLong(), mail);
                    schedule(connection, id.getAsLong(), mail.schedule());
                }
                return accepted(connection, mail, id);
            }
        } catch (SQLException e) {
            if (Dialect.isDuplicate(e) && !mail.labels().idempotencyKey().isEmpty()) {
                return accepted(connection, mail, OptionalLong.empty());
            }
            throw e;
        }
    }

    /** Its age counts from when it is due. Moments are by this server's clock: only differences from now count. */
    private void schedule(Connection connection, long id, MailSchedule schedule) throws SQLException {
        if (schedule.usual()) {
            return;
        }
        Instant here = Instant.now();
        long now = clock.now();
        long due = now + schedule.delay(here).toMillis();
        Optional<Long> expires = schedule.left(here).map(left -> now + left.toMillis());
        try (var update = connection.prepareStatement("update mailroom_mail set due_at = ?, give_up_at = ?,"
                + " scheduled_at = ?, expires_at = ? where id = ?")) {
            update.setLong(1, due);
            update.setLong(2, Math.min(due + longestWait, expires.orElse(Long.MAX_VALUE)));
            if (schedule.sendAt().isPresent()) {
                update.setLong(3, due);
            } else {
                update.setNull(3, Types.BIGINT);
            }
            if (expires.isPresent()) {
                update.setLong(4, expires.get());
            } else {
                update.setNull(4, Types.BIGINT);
            }
            update.setLong(5, id);
            update.executeUpdate();
        }
    }

    /** In a caller's transaction nobody else takes back what was written before the content's source failed. */
    private void write(Connection connection, long id, NewMail mail) throws SQLException {
        try {
            contents.write(connection, id, mail.data());
        } catch (IllegalArgumentException e) {
            ContentTable.delete(connection, List.of(id));
            try (var delete = connection.prepareStatement("delete from mailroom_mail where id = ?")) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
            throw e;
        }
    }

    /** The row and its content in one statement: one round trip. */
    private AcceptedMail insertAtOnce(Connection connection, NewMail mail, String claim) throws SQLException {
        try (var insert = connection.prepareStatement("with mail as (" + row(mail) + " returning id), content as ("
                + "insert into mailroom_content (mail_id, part, bytes) select id, 0, ? from mail)"
                + " select id from mail")) {
            bind(insert, mail, claim);
            insert.setBytes(COLUMNS + 1, ContentTable.bytes(mail.data()));
            try (var rows = insert.executeQuery()) {
                return accepted(connection, mail, id(rows));
            }
        }
    }

    private String row(NewMail mail) {
        return mail.labels().idempotencyKey().isEmpty() ? ROW : ROW + database.dialect().onDuplicate();
    }

    private void bind(PreparedStatement insert, NewMail mail, String claim) throws SQLException {
        MailLabels labels = mail.labels();
        insert.setString(1, mail.queue().key());
        insert.setString(2, mail.caller());
        if (mail.labels().idempotencyKey().isEmpty()) {
            insert.setNull(3, Types.VARCHAR);
        } else {
            insert.setString(3, mail.labels().idempotencyKey());
        }
        insert.setString(4, labels.messageId());
        long now = clock.now();
        insert.setLong(5, now);
        insert.setLong(6, now + longestWait);
        insert.setLong(7, now);
        insert.setString(8, EnvelopeText.write(mail.envelope()));
        insert.setLong(9, mail.data().size());
        insert.setBoolean(10, mail.data().eightBit());
        insert.setString(11, labels.contentDigest());
        insert.setString(12, labels.reference());
        insert.setString(13, (claim.isEmpty() ? SpoolState.PENDING : SpoolState.SENDING).name());
        insert.setInt(14, claim.isEmpty() ? 0 : 1);
        insert.setString(15, claim);
        if (claim.isEmpty()) {
            insert.setNull(COLUMNS, Types.BIGINT);
        } else {
            insert.setLong(COLUMNS, now + lease);
        }
    }

    private static OptionalLong id(ResultSet rows) throws SQLException {
        return rows.next() ? OptionalLong.of(rows.getLong("id")) : OptionalLong.empty();
    }

    private static AcceptedMail accepted(Connection connection, NewMail mail, OptionalLong id) throws SQLException {
        if (id.isPresent()) {
            return new AcceptedMail(new MailIdentifier(id.getAsLong()), mail.labels().messageId(), Optional.empty());
        }
        // Somebody else committed the same key since we looked.
        return known(connection, mail).orElseThrow(() -> new SQLException(
                "the idempotency key is being used by another transaction; try again", "40001"))
                .answer(mail.labels());
    }

    /** The mail that was accepted under an idempotency key. */
    private record KnownMail(
            long id, String messageId, SpoolState state, String contentDigest, Optional<String> reference) {
        boolean hasFailed() {
            return state == SpoolState.FAILED;
        }

        /** What a second mail under the key is answered with. */
        AcceptedMail answer(MailLabels second) {
            if (!contentDigest.isEmpty() && !second.contentDigest().isEmpty()
                    && !contentDigest.equals(second.contentDigest())) {
                throw new IllegalArgumentException("the idempotency key \"" + second.idempotencyKey() + "\" is that of"
                        + " mail " + new MailIdentifier(id) + ", which has another content or other recipients; pass"
                        + " another key for another mail");
            }
            if (reference.isPresent() && !reference.get().equals(second.reference())) {
                throw new IllegalArgumentException("the idempotency key \"" + second.idempotencyKey() + "\" is that of"
                        + " mail " + new MailIdentifier(id) + ", whose outcome is told with the reference \""
                        + reference.get() + "\", not \"" + second.reference() + "\"; pass the same reference, or"
                        + " another key for another mail");
            }
            return new AcceptedMail(new MailIdentifier(id), messageId, Optional.of(state));
        }

        /** It has failed: its key may name another mail. */
        void free(Connection connection) throws SQLException {
            try (var update = connection.prepareStatement(
                    "update mailroom_mail set idempotency_key = null where id = ? and state = 'FAILED'")) {
                update.setLong(1, id);
                update.executeUpdate();
            }
        }
    }

    private static Optional<KnownMail> known(Connection connection, NewMail mail) throws SQLException {
        try (var select = connection.prepareStatement("select id, message_id, state, content_digest,"
                + " reference from mailroom_mail where caller = ? and idempotency_key = ?")) {
            select.setString(1, mail.caller());
            select.setString(2, mail.labels().idempotencyKey());
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new KnownMail(rows.getLong("id"), rows.getString("message_id"),
                        SpoolState.valueOf(rows.getString("state")),
                        Optional.ofNullable(rows.getString("content_digest")).orElse(""),
                        // Mails of versions before references have none.
                        Optional.ofNullable(rows.getString("reference")))) : Optional.empty();
            }
        }
    }
}
