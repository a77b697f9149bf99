package dev.mailroom.spool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The embedded database, made to keep the promise that a commit is on the disk when it returns: H2 alone never asks the
 * operating system to flush. Prepare and commit, of a JTA transaction as of a local one, end with a flush that all
 * commits of that moment share. A bean, so that a container can make it and set its properties.
 */
public final class EmbeddedDataSource implements XADataSource, DataSource {
    private final JdbcDataSource h2 = new JdbcDataSource();
    private final GroupSync group = new GroupSync(this::flush);
    private Connection flushing;

    /** Sets the JDBC URL of the H2 database; see {@link EmbeddedDatabase#url}. */
    public void setUrl(String url) {
        h2.setURL(url);
    }

    /** The JDBC URL. */
    public String getUrl() {
        return h2.getURL();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return durable(h2.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return durable(h2.getConnection(user, password));
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return durable(h2.getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return durable(h2.getXAConnection(user, password));
    }

    private Connection durable(Connection connection) {
        return DurableCommits.of(Connection.class, connection, group);
    }

    private XAConnection durable(XAConnection connection) {
        return DurableCommits.of(XAConnection.class, connection, group);
    }

    private void flush() throws SQLException {
        if (flushing == null || flushing.isClosed()) {
            flushing = h2.getConnection();
        }
        try (var statement = flushing.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
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
