package dev.mailroom.spool;

import static dev.mailroom.spool.SpoolDatabase.NOW;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One row per session: whether its server can be reached, and its sealed settings. */
final class QueueTable {
    private static final String COLUMNS = "select queue_key, caller, session_name, named, parked, failures,"
            + " wait_until - " + NOW + ", error, sealed from mailroom_queue q";

    /** Sets the parameters of a statement. */
    private interface Parameters {
        void on(PreparedStatement statement) throws SQLException;
    }

    private final SpoolDatabase database;

    QueueTable(SpoolDatabase database) {
        this.database = database;
    }

    void open(SpoolQueue queue, byte[] sealed) throws SQLException {
        if (!reopened(queue, sealed)) {
            int inserted = insert(queue, sealed);
            if (inserted == 0) {
                // Another server inserted it between our two looks.
                reopened(queue, sealed);
            }
        }
    }

    private boolean reopened(SpoolQueue queue, byte[] sealed) throws SQLException {
        return update("update mailroom_queue set parked = false, failures = 0, wait_until = 0, error = '', sealed = ?"
                + " where queue_key = ?", statement -> {
                    statement.setBytes(1, sealed);
                    statement.setString(2, queue.key());
                }) == 1;
    }

    void openNamed() throws SQLException {
        update("update mailroom_queue set parked = false, failures = 0, wait_until = 0, error = ''"
                + " where named and (parked or failures > 0 or error <> '')", statement -> { });
    }

    private int insert(SpoolQueue queue, byte[] sealed) throws SQLException {
        try {
            return update("insert into mailroom_queue (queue_key, caller, session_name, named, parked, failures,"
                    + " wait_until, error, sealed) values (?, ?, ?, ?, false, 0, 0, '', ?)"
                    + database.dialect().onDuplicate(), statement -> {
                        statement.setString(1, queue.key());
                        statement.setString(2, queue.caller());
                        statement.setString(3, queue.session());
                        statement.setBoolean(4, queue.named());
                        statement.setBytes(5, sealed);
                    });
        } catch (SQLException e) {
            if (Dialect.isDuplicate(e)) {
                return 0;
            }
            throw e;
        }
    }

    Optional<QueueStatus> find(String key) throws SQLException {
        return select(" where queue_key = ?", statement -> statement.setString(1, key)).stream().findFirst();
    }

    List<QueueStatus> due() throws SQLException {
        return select(" where not parked and wait_until <= " + NOW + " and exists (select 1 from mailroom_mail m"
                + " where m.state = 'PENDING' and m.queue_key = q.queue_key and m.due_at <= " + NOW + ")",
                statement -> { });
    }

    boolean waiting(String key) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement("select 1 from mailroom_mail"
                    + " where state in ('PENDING', 'SENDING') and queue_key = ? limit 1")) {
                select.setString(1, key);
                try (var rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    void delay(String key, Duration wait, String error) throws SQLException {
        update("update mailroom_queue set failures = failures + 1, wait_until = " + NOW + " + ?, error = ?"
                + " where queue_key = ?", statement -> {
                    statement.setLong(1, wait.toMillis());
                    statement.setString(2, ReplyText.bounded(error));
                    statement.setString(3, key);
                });
    }

    void park(String key, String error) throws SQLException {
        update("update mailroom_queue set parked = true, error = ? where queue_key = ?", statement -> {
            statement.setString(1, ReplyText.bounded(error));
            statement.setString(2, key);
        });
    }

    void works(String key) throws SQLException {
        update("update mailroom_queue set failures = 0, wait_until = 0, error = '' where queue_key = ?"
                + " and (failures > 0 or error <> '') and not parked", statement -> statement.setString(1, key));
    }

    private int update(String sql, Parameters parameters) throws SQLException {
        return database.run(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                parameters.on(statement);
                return statement.executeUpdate();
            }
        });
    }

    private List<QueueStatus> select(String where, Parameters parameters) throws SQLException {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(COLUMNS + where)) {
                parameters.on(statement);
                List<QueueStatus> found = new ArrayList<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        var queue = new SpoolQueue(
                                rows.getString(1), rows.getString(2), rows.getString(3), rows.getBoolean(4));
                        found.add(new QueueStatus(queue, rows.getBoolean(5), rows.getInt(6),
                                Duration.ofMillis(Math.max(0, rows.getLong(7))), rows.getString(8), rows.getBytes(9)));
                    }
                }
                return found;
            }
        });
    }
}
