package dev.mailroom.spool.jta;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/**
 * Shows the embedded database to the recovery of Narayana, WildFly's transaction manager, which asks every two minutes
 * for branches that are in doubt, and commits or rolls them back as its log says. WildFly knows of the resources of its
 * own subsystems only; this one is registered where Narayana lets others do so. Its classes are in a module that
 * deployments do not see, and are therefore called by reflection. Thread-safe.
 */
final class NarayanaRecovery {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");
    private static final String MODULE = "org.jboss.jts";
    private static final String RECOVERY = "com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule";
    private static final String HELPER = "com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper";
    private static final XAResource[] NONE = {};

    private final XADataSource source;
    private XAConnection last;

    private NarayanaRecovery(XADataSource source) {
        this.source = source;
    }

    /** @return ends it; does nothing where there is no Narayana */
    static Runnable register(XADataSource source) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        if (!application.getClass().getName().equals("org.jboss.modules.ModuleClassLoader")) {
            return () -> { };
        }
        try {
            ClassLoader narayana = module(application);
            Class<?> helper = Class.forName(HELPER, true, narayana);
            Class<?> recovery = Class.forName(RECOVERY, true, narayana);
            Object registered = recovery.getMethod("getRegisteredXARecoveryModule").invoke(null);
            var ours = new NarayanaRecovery(source);
            Object proxy = Proxy.newProxyInstance(helper.getClassLoader(), new Class<?>[] {helper}, ours.handler());
            recovery.getMethod("addXAResourceRecoveryHelper", helper).invoke(registered, proxy);
            return () -> {
                try {
                    recovery.getMethod("removeXAResourceRecoveryHelper", helper).invoke(registered, proxy);
                    ours.close();
                } catch (ReflectiveOperationException e) {
                    LOG.log(System.Logger.Level.WARNING, "MR0521 the embedded database could not be taken out of the"
                            + " server's recovery", e);
                }
            };
        } catch (ReflectiveOperationException e) {
            LOG.log(System.Logger.Level.WARNING, "MR0521 the server's recovery was not found: after a crash, mails of"
                    + " transactions with other databases may stay in doubt", e);
            return () -> { };
        }
    }

    private static ClassLoader module(ClassLoader application) throws ReflectiveOperationException {
        Object ours = application.getClass().getMethod("getModule").invoke(application);
        Object loader = ours.getClass().getMethod("getBootModuleLoader").invoke(null);
        Object found = loader.getClass().getMethod("loadModule", String.class).invoke(loader, MODULE);
        return (ClassLoader) found.getClass().getMethod("getClassLoader").invoke(found);
    }

    private InvocationHandler handler() {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(this);
            case "toString" -> "Mailroom's embedded spool";
            case "initialise" -> true;
            default -> resources();
        };
    }

    /** A connection of its own for each pass; that of the pass before is not used any more. */
    private synchronized XAResource[] resources() {
        close();
        try {
            last = source.getXAConnection();
            return new XAResource[] {last.getXAResource()};
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "MR0521 the server's recovery cannot open the embedded database", e);
            return NONE;
        }
    }

    private synchronized void close() {
        if (last != null) {
            try {
                last.close();
            } catch (SQLException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "a connection of the recovery could not be closed", e);
            }
            last = null;
        }
    }
}
