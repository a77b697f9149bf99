package dev.mailroom.spool.embedded;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAResource;

/** Stands before a connection: a commit returns when it is on the disk. */
final class DurableCommits implements InvocationHandler {
    private final Object target;
    private final GroupSync group;

    private DurableCommits(Object target, GroupSync group) {
        this.target = target;
        this.group = group;
    }

    static <T> T of(Class<T> type, T target, GroupSync group) {
        return type.cast(Proxy.newProxyInstance(DurableCommits.class.getClassLoader(), new Class<?>[] {type},
                new DurableCommits(target, group)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("equals")) {
            return proxy == arguments[0];
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getName().equals("commit")) {
            flushed();
        }
        return result instanceof Connection connection ? of(Connection.class, connection, group)
                : result instanceof XAResource resource ? new DurableResource(resource, group)
                : result;
    }

    /** The commit is made already: a flush that fails leaves it in doubt, and must not look like a refusal. */
    private void flushed() throws SQLException {
        try {
            group.await();
        } catch (SQLException | RuntimeException e) {
            throw new SQLException("the commit was made, and could not be flushed to the disk: " + e.getMessage(),
                    "08007", e);
        }
    }
}
