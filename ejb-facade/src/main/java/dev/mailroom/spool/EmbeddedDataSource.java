package dev.mailroom.spool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The embedded database, made to keep the promise that a commit is on the disk when it returns: H2 alone never asks the
 * operating system to flush. Prepare and commit, of a JTA transaction as of a local one, end with a flush that all
 * commits of that moment share. A bean, so that a container can make it and set its properties.
 */
public final class EmbeddedDataSource implements XADataSource, DataSource {
    private final JdbcDataSource h2 = new JdbcDataSource();
    private final GroupSync group = new GroupSync(this::flush);
    private String directory = "";
    private Connection flushing;

    /**
     * Sets the directory that the database lives in; created when the first connection is opened. Unset: the
     * configuration's, as the application sees it that opens the first connection. (An expression in the definition of
     * the DataSource would not see the application's own configuration file: seen on Payara Micro 6.2025.10.)
     */
    public void setDirectory(String directory) {
        this.directory = directory;
    }

    /** The directory that the database lives in. */
    public String getDirectory() {
        return directory;
    }

    private JdbcDataSource opened() {
        // Only now: a database that nobody uses must not appear on the disk.
        if (h2.getURL() == null || h2.getURL().isEmpty()) {
            h2.setURL(EmbeddedDatabase.url(directory.isEmpty() ? configured() : Path.of(directory)));
        }
        return h2;
    }

    private static Path configured() {
        return ConfigProvider.getConfig().getOptionalValue(SpoolKeys.DIRECTORY.name(), String.class)
                .map(String::strip).map(Path::of).orElse(SpoolSettings.DEFAULTS.directory());
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
