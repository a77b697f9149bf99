package dev.mailroom.spool.jta;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/**
 * Open Liberty writes into its transaction log how a resource is found again after a crash, and would serialize one
 * that is enlisted without saying so. As its own DataSources do, this one names a service: the recovery looks for it,
 * and tries again until the application that registers it has started. Seen on Open Liberty 25.0.0.9. These classes are
 * public in the server, and not part of Jakarta EE: they are called by reflection. Thread-safe.
 */
final class LibertyEnlistment implements Enlistment {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    private static final String MANAGERS = "com.ibm.tx.jta.TransactionManagerFactory";
    private static final String MANAGER = "com.ibm.tx.jta.ExtendedTransactionManager";
    private static final String RESOURCES = "com.ibm.tx.jta.XAResourceFactory";
    private static final String PROPERTY = "mailroom.spool";
    private static final int UNKNOWN = -1;

    private final Map<Object, XAConnection> recovering = Collections.synchronizedMap(new IdentityHashMap<>());
    private final XADataSource source;
    private final Object manager;
    private final Method register;
    private final Method enlist;
    private final String service;
    private Runnable unregister = () -> { };
    private volatile int recovery = UNKNOWN;

    private LibertyEnlistment(XADataSource source, String name, Object manager, Class<?> type)
            throws ReflectiveOperationException {
        this.source = source;
        this.manager = manager;
        this.register = type.getMethod("registerResourceInfo", String.class, Serializable.class);
        this.enlist = type.getMethod("enlist", XAResource.class, int.class);
        // The same after a restart, and nothing that the syntax of filters gives a meaning.
        this.service = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * Empty = this is another server.
     *
     * @param name of the database, the same after a restart
     */
    static Optional<Enlistment> find(XADataSource source, String name) {
        try {
            Class<?> managers = Class.forName(MANAGERS, true, Thread.currentThread().getContextClassLoader());
            ClassLoader server = managers.getClassLoader();
            var found = new LibertyEnlistment(source, name, managers.getMethod("getTransactionManager").invoke(null),
                    Class.forName(MANAGER, true, server));
            found.registerService(server);
            // Also begins the recovery of what a crash has left, which asks for the service.
            found.identify();
            return Optional.of(found);
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            LOG.log(System.Logger.Level.WARNING, "MR0521 this is not the Open Liberty that Mailroom knows: mails cannot"
                    + " join transactions", e);
            return Optional.empty();
        }
    }

    private void registerService(ClassLoader server) throws ReflectiveOperationException {
        Class<?> resources = Class.forName(RESOURCES, true, server);
        Object factory = Proxy.newProxyInstance(resources.getClassLoader(), new Class<?>[] {resources},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "Mailroom's embedded spool";
                    case "getXAResource" -> open();
                    default -> close(arguments[0]);
                });
        Object bundle = Class.forName("org.osgi.framework.FrameworkUtil", true, server)
                .getMethod("getBundle", Class.class).invoke(null, resources);
        Object context = Class.forName("org.osgi.framework.Bundle", true, server)
                .getMethod("getBundleContext").invoke(bundle);
        Object registration = Class.forName("org.osgi.framework.BundleContext", true, server)
                .getMethod("registerService", String.class, Object.class, Dictionary.class)
                .invoke(context, RESOURCES, factory, new Hashtable<>(Map.of(PROPERTY, service)));
        Method end = Class.forName("org.osgi.framework.ServiceRegistration", true, server).getMethod("unregister");
        unregister = () -> {
            try {
                end.invoke(registration);
            } catch (ReflectiveOperationException e) {
                LOG.log(System.Logger.Level.WARNING, "MR0521 the embedded database could not be taken out of the"
                        + " server's recovery", e);
            }
        };
    }

    /** For the recovery; null = not now, try again later. */
    private XAResource open() {
        try {
            XAConnection connection = source.getXAConnection();
            XAResource resource = connection.getXAResource();
            recovering.put(resource, connection);
            return resource;
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "MR0521 the server's recovery cannot open the embedded database", e);
            return null;
        }
    }

    private Object close(Object resource) {
        XAConnection connection = recovering.remove(resource);
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection of the recovery could not be closed", e);
        }
        return null;
    }

    private int identify() throws ReflectiveOperationException {
        if (recovery == UNKNOWN) {
            recovery = (Integer) register.invoke(manager, "(" + PROPERTY + "=" + service + ")", service);
        }
        return recovery;
    }

    @Override
    public boolean enlist(XAResource resource) throws RollbackException, SystemException {
        try {
            if (identify() == UNKNOWN) {
                throw new IllegalStateException("the transaction log of the server cannot be used");
            }
            return (Boolean) enlist.invoke(manager, resource, recovery);
        } catch (InvocationTargetException e) {
            throw Enlistment.thrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        unregister.run();
        for (Object resource : recovering.keySet().toArray()) {
            close(resource);
        }
    }
}
