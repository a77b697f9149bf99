package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.OptionalLong;

/** Accepting mails: one row and its content. */
final class MailIntake {
    private static final String INSERT = "insert into mailroom_mail (queue_key, owner, idempotency_key, message_id,"
            + " state, due_at, keep_until, accepted_at, attempts, lease_owner, envelope, size, eight_bit, reply, error)"
            + " values (?, ?, ?, ?, 'PENDING', " + NOW + ", " + NOW + " + ?, " + NOW + ", 0, '', ?, ?, ?, '', '')";

    private final SpoolDatabase database;
    private final SpoolGauge gauge;
    private final ContentTable contents;
    private final long patience;

    MailIntake(SpoolDatabase database, SpoolGauge gauge, ContentTable contents, SpoolSettings settings) {
        this.database = database;
        this.gauge = gauge;
        this.contents = contents;
        this.patience = settings.patience().toMillis();
    }

    Accepted insert(NewMail mail) throws SQLException, SpoolFullException {
        Optional<Accepted> known = mail.idempotencyKey().isEmpty()
                ? Optional.empty() : database.read(connection -> known(connection, mail));
        if (known.isPresent()) {
            return known.get();
        }
        gauge.admit(mail.data().size());
        boolean done = false;
        try {
            Accepted accepted = database.run(connection -> insert(connection, mail));
            done = !accepted.duplicate();
            return accepted;
        } finally {
            if (!done) {
                gauge.left(mail.data().size());
            }
        }
    }

    private Accepted insert(Connection connection, NewMail mail) throws SQLException {
        OptionalLong id = insertRow(connection, mail);
        if (id.isPresent()) {
            contents.write(connection, id.getAsLong(), mail.data());
            return new Accepted(new MailIdentifier(id.getAsLong()), mail.messageId(), false);
        }
        // Somebody else committed the same key since we looked.
        return known(connection, mail).orElseThrow(() -> new SQLException(
                "the idempotency key is being used by another transaction; try again", "40001"));
    }

    private OptionalLong insertRow(Connection connection, NewMail mail) throws SQLException {
        String sql = mail.idempotencyKey().isEmpty() ? INSERT : INSERT + database.dialect().onDuplicate();
        try (var insert = connection.prepareStatement(sql, new String[] {"id"})) {
            insert.setString(1, mail.queue());
            insert.setString(2, mail.owner());
            if (mail.idempotencyKey().isEmpty()) {
                insert.setNull(3, Types.VARCHAR);
            } else {
                insert.setString(3, mail.idempotencyKey());
            }
            insert.setString(4, mail.messageId());
            insert.setLong(5, patience);
            insert.setString(6, EnvelopeText.write(mail.envelope()));
            insert.setLong(7, mail.data().size());
            insert.setBoolean(8, mail.data().eightBit());
            insert.executeUpdate();
            try (var keys = insert.getGeneratedKeys()) {
                return keys.next() ? OptionalLong.of(keys.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException e) {
            if (Dialect.isDuplicate(e) && !mail.idempotencyKey().isEmpty()) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    private static Optional<Accepted> known(Connection connection, NewMail mail) throws SQLException {
        try (var select = connection.prepareStatement(
                "select id, message_id from mailroom_mail where owner = ? and idempotency_key = ?")) {
            select.setString(1, mail.owner());
            select.setString(2, mail.idempotencyKey());
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Accepted(new MailIdentifier(rows.getLong(1)), rows.getString(2), true))
                        : Optional.empty();
            }
        }
    }
}
