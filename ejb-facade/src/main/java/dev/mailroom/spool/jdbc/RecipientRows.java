package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.RecipientOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes outcomes of single recipients, each in place of the one before. */
final class RecipientRows implements AutoCloseable {
    private final PreparedStatement delete;
    private final PreparedStatement insert;

    RecipientRows(Connection connection) throws SQLException {
        delete = connection.prepareStatement("delete from mailroom_recipient where mail_id = ? and address = ?");
        try {
            insert = connection.prepareStatement(
                    "insert into mailroom_recipient (mail_id, address, state, reply) values (?, ?, ?, ?)");
        } catch (SQLException e) {
            delete.close();
            throw e;
        }
    }

    void add(long mail, RecipientOutcome outcome) throws SQLException {
        delete.setLong(1, mail);
        delete.setString(2, outcome.address());
        delete.addBatch();
        insert.setLong(1, mail);
        insert.setString(2, outcome.address());
        insert.setString(3, outcome.state().name());
        insert.setString(4, ReplyText.write(outcome.reply()));
        insert.addBatch();
    }

    /** What was added. */
    void write() throws SQLException {
        delete.executeBatch();
        insert.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        delete.close();
        insert.close();
    }
}
