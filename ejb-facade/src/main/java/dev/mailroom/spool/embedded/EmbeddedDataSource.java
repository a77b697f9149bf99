package dev.mailroom.spool.embedded;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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
public final class EmbeddedDataSource implements XADataSource, DataSource {
    private final JdbcDataSource h2 = new JdbcDataSource();
    private final GroupSync group = new GroupSync(this::flush);
    /** Of H2's file systems. */
    private final String files;
    private String directory = "";
    private volatile FlushedCommits commits;
    private SQLException refusal;
    private Connection flushing;

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
        return durable(opened().getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return durable(opened().getConnection(user, password));
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return durable(opened().getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return durable(opened().getXAConnection(user, password));
    }

    private Connection durable(Connection connection) {
        return DurableCommits.of(Connection.class, connection, group);
    }

    private XAConnection durable(XAConnection connection) {
        return DurableCommits.of(XAConnection.class, connection, group);
    }

    private void flush() throws SQLException {
        if (flushing == null || flushing.isClosed()) {
            flushing = opened().getConnection();
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
