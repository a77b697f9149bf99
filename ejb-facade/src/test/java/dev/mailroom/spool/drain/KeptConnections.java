package dev.mailroom.spool.drain;

import dev.mailroom.spool.LendingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;

/** Lends the same connections again and again. */
final class KeptConnections {
    private KeptConnections() {
    }

    static DataSource of(DataSource source, int size) throws SQLException {
        BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(size);
        for (int connection = 0; connection < size; connection++) {
            idle.add(source.getConnection());
        }
        return new LendingDataSource(idle::take, idle::add);
    }
}
