package dev.mailroom.spool;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A DataSource whose connections stay open when they are closed: they are given back. */
public final class LendingDataSource implements DataSource {
    private final Callable<Connection> lender;
    private final Consumer<Connection> giveBack;

    /** Lends what this lender yields, and hands to {@code giveBack} what was closed. */
    public LendingDataSource(Callable<Connection> lender, Consumer<Connection> giveBack) {
        this.lender = lender;
        this.giveBack = giveBack;
    }

    /** What a container's DataSource is within a transaction: always this connection, and closing it does nothing. */
    public static LendingDataSource of(Connection connection) {
        return new LendingDataSource(() -> connection, closed -> { });
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = lend();
        return (Connection) Proxy.newProxyInstance(LendingDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giveBack.accept(connection);
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Connection lend() throws SQLException {
        try {
            return lender.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Nothing is logged.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // There is no login.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException("not a wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
