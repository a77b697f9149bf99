package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.Spooling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLWarning;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL connections that tell the plan of each statement, the one that is kept for all values. */
final class ObservedPlans {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    ObservedPlans(String url) {
        source.setUrl(url);
        source.setUser("mailroom");
        source.setPrepareThreshold(1);
        source.setOptions("-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0"
                + " -c auto_explain.log_level=notice -c plan_cache_mode=force_generic_plan");
    }

    /** The plans so far. */
    List<String> seen() {
        return seen;
    }

    DataSource source() {
        return Spooling.faked(DataSource.class, (proxy, method, arguments) -> observed(source.getConnection()));
    }

    private Connection observed(Connection connection) {
        return Spooling.faked(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? observed(statement) : result;
        });
    }

    private PreparedStatement observed(PreparedStatement statement) {
        return Spooling.faked(PreparedStatement.class, (proxy, method, arguments) -> {
            Object result = call(statement, method, arguments);
            if (method.getName().startsWith("execute")) {
                for (SQLWarning plan = statement.getWarnings(); plan != null; plan = plan.getNextWarning()) {
                    seen.add(plan.getMessage());
                }
            }
            return result;
        });
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
