package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.SpoolException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Set;

/**
 * Tells a lost connection from other failures, however a pool or proxy wrapped it, and whether work was lost with it.
 */
final class LostConnection {
    /** H2: connection broken, database closed, database closed with the process. */
    private static final Set<Integer> H2 = Set.of(90067, 90098, 90121);

    private LostConnection() {
    }

    /**
     * The database's own exception inside the wrappers of a pool, a container or a proxy; an exception without one is
     * thrown.
     */
    static SQLException cause(Exception e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof SQLException found) {
                return found;
            }
        }
        throw e instanceof RuntimeException unforeseen ? unforeseen : new IllegalStateException(e);
    }

    /** Whether the connection is of no use any more. */
    static boolean is(SQLException e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof SQLRecoverableException || one instanceof SQLNonTransientConnectionException
                    || one instanceof SQLException found && ofConnection(found)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ofConnection(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("08") || state.startsWith("57P0") || H2.contains(e.getErrorCode());
    }

    /** Whether the server said itself that it did not do what it was asked for, or was never asked. */
    static boolean wasNotDone(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("57P0") || state.equals("08003") || state.equals("08001");
    }

    /** Whether the work may be done once more: the connection was lost, and nothing can have been committed on it. */
    static boolean mayRepeat(SQLException e) {
        return is(e) && !SpoolException.IN_DOUBT.equals(e.getSQLState());
    }

    /** Whether the database has rolled the transaction back so that others could go on: serialisation, deadlock. */
    static boolean wasTakenBack(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    /** Whether the database itself does not know if it was done: statement completion unknown. */
    static boolean isUnknown(SQLException e) {
        return "40003".equals(e.getSQLState());
    }

    static SQLException inDoubt(SQLException cause) {
        return new SQLException("the answer to the commit was lost, so nobody knows whether it was made; with an"
                + " idempotency key do the same again: " + cause.getMessage(), SpoolException.IN_DOUBT, cause);
    }
}
