package dev.mailroom.spool.drain;

import dev.mailroom.spool.Spooling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Counts what is sent to a database: each execution, each entry of a batch, each commit and rollback. */
final class CountedStatements {
    private final DataSource counted;
    private final AtomicLong count = new AtomicLong();

    CountedStatements(DataSource source) {
        counted = Spooling.faked(DataSource.class, (proxy, method, arguments) ->
                count((Connection) call(source, method, arguments)));
    }

    DataSource source() {
        return counted;
    }

    long count() {
        return count.get();
    }

    private Connection count(Connection connection) {
        return Spooling.faked(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit") || method.getName().equals("rollback")) {
                count.incrementAndGet();
            }
            Object result = call(connection, method, arguments);
            return result instanceof Statement statement
                    ? Spooling.faked(method.getReturnType().asSubclass(Statement.class),
                            (any, executing, values) -> execute(statement, executing, values))
                    : result;
        });
    }

    private Object execute(Statement statement, Method method, Object... arguments) throws Throwable {
        boolean one = method.getName().startsWith("execute") && !method.getName().equals("executeBatch");
        if (one || method.getName().equals("addBatch")) {
            count.incrementAndGet();
        }
        return call(statement, method, arguments);
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
