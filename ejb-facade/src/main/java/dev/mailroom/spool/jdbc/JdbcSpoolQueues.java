package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.QueueStatus;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolQueues;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One row per session: whether its server can be reached, and its sealed settings. */
final class JdbcSpoolQueues implements SpoolQueues {
    private static final String COLUMNS = "select queue_key, caller, session_name, named, parked, failures,"
            + " wait_until, error, sealed from mailroom_queue q";

    /** Sets the parameters of a statement. */
    private interface StatementParameters {
        void on(PreparedStatement statement) throws SQLException;
    }

    private final SpoolDatabase database;
    private final SpoolClock clock;

    JdbcSpoolQueues(SpoolDatabase database, SpoolClock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void open(SpoolQueue queue, byte[] sealed) throws SQLException {
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

    @Override
    public void openNamed() throws SQLException {
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

    @Override
    public Optional<QueueStatus> find(SpoolQueue queue) throws SQLException {
        return select(" where queue_key = ?", statement -> statement.setString(1, queue.key())).stream().findFirst();
    }

    @Override
    public List<QueueStatus> ofSession(String caller, String session) throws SQLException {
        return select(" where caller = ? and session_name = ? and not named", statement -> {
            statement.setString(1, caller);
            statement.setString(2, session);
        });
    }

    @Override
    public List<QueueStatus> parkedWithMails() throws SQLException {
        return select(" where parked and not named and exists (select 1 from mailroom_mail m"
                + " where m.state = 'PENDING' and m.queue_key = q.queue_key)", statement -> { });
    }

    @Override
    public int move(QueueStatus from, SpoolQueue to) throws SQLException {
        return update("update mailroom_mail set queue_key = ? where state = 'PENDING' and queue_key = ?"
                + " and exists (select 1 from mailroom_queue q where q.queue_key = ? and q.parked = ? and (q.parked"
                + " or not exists (select 1 from mailroom_mail s where s.state = 'SENDING' and s.queue_key = ?)))",
                statement -> {
                    statement.setString(1, to.key());
                    statement.setString(2, from.queue().key());
                    statement.setString(3, from.queue().key());
                    statement.setBoolean(4, from.parked());
                    statement.setString(5, from.queue().key());
                });
    }

    @Override
    public List<QueueStatus> due() throws SQLException {
        return select(" where not parked and wait_until <= ? and exists (select 1 from mailroom_mail m"
                + " where m.state = 'PENDING' and m.queue_key = q.queue_key and m.due_at <= ?)",
                statement -> {
                    long now = clock.now();
                    statement.setLong(1, now);
                    statement.setLong(2, now);
                });
    }

    @Override
    public boolean hasMails(SpoolQueue queue) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement(
                    "select id from mailroom_mail where state = 'PENDING' and queue_key = ? union all"
                            + " select id from mailroom_mail where state = 'SENDING' and queue_key = ? limit 1")) {
                select.setString(1, queue.key());
                select.setString(2, queue.key());
                try (var rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    @Override
    public void delay(SpoolQueue queue, Duration wait, String error) throws SQLException {
        update("update mailroom_queue set failures = failures + 1, wait_until = ?, error = ?"
                + " where queue_key = ?", statement -> {
                    statement.setLong(1, clock.now() + wait.toMillis());
                    statement.setString(2, ReplyText.bounded(error));
                    statement.setString(3, queue.key());
                });
    }

    @Override
    public void park(SpoolQueue queue, String error) throws SQLException {
        update("update mailroom_queue set parked = true, error = ? where queue_key = ?", statement -> {
            statement.setString(1, ReplyText.bounded(error));
            statement.setString(2, queue.key());
        });
    }

    @Override
    public void works(SpoolQueue queue) throws SQLException {
        update("update mailroom_queue set failures = 0, wait_until = 0, error = '' where queue_key = ?"
                + " and (failures > 0 or error <> '') and not parked", statement -> statement.setString(1,
                        queue.key()));
    }

    private int update(String sql, StatementParameters parameters) throws SQLException {
        return database.run(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                parameters.on(statement);
                return statement.executeUpdate();
            }
        });
    }

    private List<QueueStatus> select(String where, StatementParameters parameters) throws SQLException {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(COLUMNS + where)) {
                parameters.on(statement);
                List<QueueStatus> found = new ArrayList<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(read(rows));
                    }
                }
                return found;
            }
        });
    }

    private QueueStatus read(ResultSet row) throws SQLException {
        var queue = new SpoolQueue(row.getString("queue_key"), row.getString("caller"), row.getString("session_name"),
                row.getBoolean("named"));
        return new QueueStatus(queue, row.getBoolean("parked"), row.getInt("failures"),
                Duration.ofMillis(Math.max(0, row.getLong("wait_until") - clock.now())),
                row.getString("error"), row.getBytes("sealed"));
    }
}
