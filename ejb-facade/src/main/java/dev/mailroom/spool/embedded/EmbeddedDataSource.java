package dev.mailroom.spool.embedded;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The embedded database, made to keep the promise that a commit is on the disk when it returns: H2 alone never asks the
 * operating system to flush. Prepare and commit, of a JTA transaction as of a local one, end with a flush that all
 * commits of that moment share. A bean, so that a container can make it and set its properties.
 */
public final class EmbeddedDataSource implements XADataSource, DataSource, AutoCloseable {
    private final JdbcDataSource h2 = new JdbcDataSource();
    private final GroupSync group = new GroupSync(this::flush);
    /** Of H2's file systems. */
    private final String files;
    private String directory = "";
    private volatile FlushedCommits commits;
    private SQLException refusal;
    private Connection flushing;
    /** Held by whoever opens a connection, so that none of them opens the database again behind its end. */
    private final ReadWriteLock ending = new ReentrantReadWriteLock();
    private boolean ended;

    /** Over a file. */
    public EmbeddedDataSource() {
        this("file");
    }

    EmbeddedDataSource(String files) {
        this.files = files;
    }

    /** Sets the directory that the database lives in; created when the first connection is opened. */
    public void setDirectory(String directory) {
        this.directory = directory;
    }

    /** The directory that the database lives in. */
    public String getDirectory() {
        return directory;
    }

    private interface FileOpening<T> {
        T from(JdbcDataSource database) throws SQLException;
    }

    private <T> T open(FileOpening<T> connection) throws SQLException {
        ending.readLock().lock();
        try {
            if (ended) {
                throw new SQLException("the embedded database is closed: the application is being stopped", "08003");
            }
            return connection.from(opened());
        } finally {
            ending.readLock().unlock();
        }
    }

    private JdbcDataSource opened() throws SQLException {
        // Only now: a database that nobody uses must not appear on the disk.
        if (commits == null) {
            open();
        }
        return h2;
    }

    private synchronized void open() throws SQLException {
        if (commits != null) {
            return;
        }
        if (refusal != null) {
            // Opening a damaged database again and again would not mend it.
            throw refusal;
        }
        Path place = EmbeddedDatabase.directory(Path.of(directory));
        try {
            var first = new FlushedCommits(place);
            first.beforeOpening();
            h2.setURL(EmbeddedDatabase.url(files, place));
            try (Connection connection = h2.getConnection()) {
                first.afterOpening(connection);
            }
            commits = first;
        } catch (SQLException e) {
            refusal = e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1 ? FlushedCommits.corrupted(place, e)
                    : FlushedCommits.isLoss(e) ? e : null;
            throw refusal == null ? e : refusal;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = open(JdbcDataSource::getConnection);
        return durable(connection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Connection connection = open(database -> database.getConnection(user, password));
        return durable(connection);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        XAConnection connection = open(JdbcDataSource::getXAConnection);
        return durable(connection);
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        XAConnection connection = open(database -> database.getXAConnection(user, password));
        return durable(connection);
    }

    private Connection durable(Connection connection) {
        return DurableCommits.of(Connection.class, connection, group);
    }

    private XAConnection durable(XAConnection connection) {
        return DurableCommits.of(XAConnection.class, connection, group);
    }

    private void flush() throws SQLException {
        if (flushing == null || flushing.isClosed()) {
            flushing = open(JdbcDataSource::getConnection);
        }
        boolean done = false;
        try {
            commits.flush(flushing);
            done = true;
        } finally {
            if (!done) {
                // A full disk closes the database, and it is opened again with the next connection; not with this one.
                flushing = null;
            }
        }
    }

    /** Closes the database, whatever still uses it, for good: a connection that is asked for later is refused. */
    @Override
    public void close() throws SQLException {
        ending.writeLock().lock();
        try {
            if (!ended && commits != null) {
                try (Connection connection = h2.getConnection(); var statement = connection.createStatement()) {
                    statement.execute("shutdown");
                }
            }
        } finally {
            ended = true;
            ending.writeLock().unlock();
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return h2.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        h2.setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return h2.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        h2.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() {
        return h2.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!isWrapperFor(type)) {
            throw new SQLException("an " + EmbeddedDataSource.class.getSimpleName() + " is not a " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
