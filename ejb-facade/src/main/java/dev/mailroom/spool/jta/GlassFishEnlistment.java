package dev.mailroom.spool.jta;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import javax.transaction.xa.XAResource;

/**
 * GlassFish and Payara keep a transaction local while it has but one resource that is not XA, and then take another
 * only if it comes in the way of their own pools, which makes the first one the last to be committed. Seen on Payara
 * Micro 6.2025.10. That way is public in the server, and not part of Jakarta EE: it is called by reflection.
 */
final class GlassFishEnlistment implements Enlistment {
    private static final String MANAGER = "com.sun.enterprise.transaction.api.JavaEETransactionManager";
    private static final String RESOURCE = "com.sun.enterprise.transaction.spi.TransactionalResource";
    private static final String SERVICES = "org.glassfish.internal.api.Globals";

    private final TransactionManager manager;

    GlassFishEnlistment(TransactionManager manager) {
        this.manager = manager;
    }

    static boolean applies(TransactionManager found) {
        return found.getClass().getName().startsWith("com.sun.enterprise.transaction.");
    }

    @Override
    public boolean enlist(XAResource resource) throws RollbackException, SystemException {
        Transaction transaction = manager.getTransaction();
        try {
            return transaction.enlistResource(resource);
        } catch (IllegalStateException onlyLocal) {
            return enlistAsPooled(transaction, resource);
        }
    }

    private static boolean enlistAsPooled(Transaction transaction, XAResource resource)
            throws RollbackException, SystemException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> managers = Class.forName(MANAGER, true, loader);
            Class<?> resources = Class.forName(RESOURCE, true, loader);
            Object own = Class.forName(SERVICES, true, loader).getMethod("get", Class.class).invoke(null, managers);
            return (Boolean) managers.getMethod("enlistResource", Transaction.class, resources)
                    .invoke(own, transaction, pooled(resources, resource));
        } catch (InvocationTargetException e) {
            throw Enlistment.thrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the transaction manager of this server is not that of the GlassFish 7 and"
                    + " Payara 6 that Mailroom knows", e);
        }
    }

    /** As one of the server's pools hands it in. */
    private static Object pooled(Class<?> type, XAResource resource) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "getXAResource" -> resource;
                    case "getName", "toString" -> "Mailroom's embedded spool";
                    case "isTransactional", "supportsXA" -> true;
                    case "isEnlisted", "isEnlistmentSuspended", "isShareable" -> false;
                    default -> null;
                });
    }
}
