package dev.mailroom.jmx;

import dev.mailroom.receiving.ListenedMailbox;
import dev.mailroom.receiving.ListenedMailboxes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Registers one bean for each mailbox that has a listener. What goes wrong with JMX is logged. */
public final class MailboxBeans implements ListenedMailboxes {
    private static final System.Logger LOG = System.getLogger(MailboxBeans.class.getName());

    private final MBeanServer server;
    private final String application;
    private final Map<ListenedMailbox, ObjectName> shown = new ConcurrentHashMap<>();

    /** Under that application's name. */
    public MailboxBeans(MBeanServer server, String application) {
        this.server = server;
        this.application = application;
    }

    @Override
    public void add(ListenedMailbox mailbox) {
        try {
            ObjectName name = new ObjectName("dev.mailroom:type=Mailbox,application=" + ObjectName.quote(application)
                    + ",name=" + ObjectName.quote(mailbox.name()));
            shown.put(mailbox, name);
            server.registerMBean(DescribedBean.of(new MailboxBean(mailbox)), name);
        } catch (JMException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the mailbox " + mailbox.name() + " is not visible in JMX", e);
        }
    }

    @Override
    public void remove(ListenedMailbox mailbox) {
        ObjectName name = shown.remove(mailbox);
        try {
            if (name != null && server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX keeps " + name, e);
        }
    }

    @Override
    public List<ListenedMailbox> all() {
        return List.copyOf(shown.keySet());
    }
}
