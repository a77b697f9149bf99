package dev.mailroom.jmx;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Registers one bean for the pool and one for each session that the pool knows, under names that no other application
 * in the server has. JMX is never allowed to disturb mail: what goes wrong here is logged. Thread-safe.
 */
public final class ManagedBeans implements SmtpListener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ManagedBeans.class.getName());
    private static final int MOST_NAMESAKES = 100;

    private final MBeanServer server;
    private final SmtpPool pool;
    private final String application;
    private final Set<ObjectName> registered = new HashSet<>();
    private boolean closed;

    /**
     * Registers the beans of the whole pool and of the secrets now. A name in use already gets a number.
     *
     * @param reading looks at the files with secrets; how many had changed
     */
    public ManagedBeans(MBeanServer server, SmtpPool pool, IntSupplier reading, String application) {
        this.server = server;
        this.pool = pool;
        this.application = registerPool(application);
        registerSecrets(reading);
    }

    private void registerSecrets(IntSupplier reading) {
        try {
            ObjectName bean = name("Secrets", application, "");
            server.registerMBean(DescribedBean.of(new SecretsBean(reading)), bean);
            registered.add(bean);
        } catch (JMException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the files with secrets cannot be read again by JMX", e);
        }
    }

    private String registerPool(String wanted) {
        for (int n = 1; n <= MOST_NAMESAKES; n++) {
            String name = n == 1 ? wanted : wanted + "-" + n;
            try {
                ObjectName bean = name("Pool", name, "");
                server.registerMBean(DescribedBean.of(new PoolBean(pool)), bean);
                registered.add(bean);
                return name;
            } catch (InstanceAlreadyExistsException e) {
                LOG.log(System.Logger.Level.DEBUG, () -> "another application is called " + name + " in JMX");
            } catch (JMException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "the pool is not visible in JMX", e);
                return name;
            }
        }
        return wanted;
    }

    /** Shows mailboxes under the same application's name. */
    public MailboxBeans mailboxes() {
        return new MailboxBeans(server, application);
    }

    private static ObjectName name(String type, String application, String more) throws MalformedObjectNameException {
        return new ObjectName("dev.mailroom:type=" + type + ",application=" + ObjectName.quote(application) + more);
    }

    private ObjectName name(SessionKey session) throws MalformedObjectNameException {
        String called = session.names().isEmpty() ? ""
                : ",name=" + ObjectName.quote(String.join(", ", session.names()));
        return name("Session", application, called + ",user=" + ObjectName.quote(session.user())
                + ",host=" + ObjectName.quote(session.host()) + ",port=" + session.port() + ",id=" + session.id());
    }

    @Override
    public void on(SmtpEvent event) {
        if (event instanceof SmtpEvent.SessionKnown || event instanceof SmtpEvent.SessionForgotten) {
            bringUpToDate(event.session());
        }
    }

    /** Events may overtake each other; what holds is what the pool says after the last of them. */
    private synchronized void bringUpToDate(SessionKey session) {
        try {
            ObjectName name = name(session);
            boolean wanted = !closed && pool.session(session.id()).isPresent();
            if (wanted && registered.add(name)) {
                server.registerMBean(DescribedBean.of(new SessionBean(pool, session)), name);
            } else if (!wanted && registered.remove(name)) {
                unregister(name);
            }
        } catch (JMException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the session " + session + " is not visible in JMX", e);
        }
    }

    private void unregister(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "somebody else has unregistered " + name);
        } catch (JMException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX keeps " + name, e);
        }
    }

    /** Unregisters all of them. */
    @Override
    public synchronized void close() {
        closed = true;
        registered.forEach(this::unregister);
        registered.clear();
    }
}
