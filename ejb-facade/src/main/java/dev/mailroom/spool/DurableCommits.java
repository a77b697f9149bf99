package dev.mailroom.spool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import javax.transaction.xa.XAResource;

/** Stands before a connection or an XA resource: a commit or prepare returns when it is on the disk. */
final class DurableCommits implements InvocationHandler {
    private static final Set<String> DURABLE = Set.of("commit", "prepare");

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
        if (method.getName().equals("isSameRM")) {
            arguments[0] = bare(arguments[0]);
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (DURABLE.contains(method.getName())) {
            group.await();
        }
        return result instanceof Connection connection ? of(Connection.class, connection, group)
                : result instanceof XAResource resource ? of(XAResource.class, resource, group)
                : result;
    }

    private static Object bare(Object resource) {
        return Proxy.isProxyClass(resource.getClass())
                && Proxy.getInvocationHandler(resource) instanceof DurableCommits other ? other.target : resource;
    }
}
