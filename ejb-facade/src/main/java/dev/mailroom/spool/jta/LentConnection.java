package dev.mailroom.spool.jta;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection that its borrower closes, once; what becomes of it is the lender's business. For one thread. */
final class LentConnection implements InvocationHandler {
    /** Gets back what it has lent. */
    interface ConnectionLender {
        /** @param usable whether the borrower has found nothing wrong with it */
        void returned(boolean usable);
    }

    private final Connection target;
    private final ConnectionLender lender;
    private boolean closed;

    private LentConnection(Connection target, ConnectionLender lender) {
        this.target = target;
        this.lender = lender;
    }

    static Connection of(Connection target, ConnectionLender lender) {
        return (Connection) Proxy.newProxyInstance(LentConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class}, new LentConnection(target, lender));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "close":
                close(true);
                return null;
            case "abort":
                close(false);
                return null;
            case "isClosed":
                return closed || target.isClosed();
            default:
                return call(method, arguments);
        }
    }

    private void close(boolean usable) {
        if (!closed) {
            closed = true;
            lender.returned(usable);
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (closed && method.getDeclaringClass() != Object.class) {
            throw new SQLException("the connection was closed", "08003");
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
