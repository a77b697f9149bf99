package dev.mailroom.connector;

import dev.mailroom.SessionNames;
import dev.mailroom.SmtpException;
import dev.mailroom.store.MailStore;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.watch.NoListener;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.io.PrintWriter;
import java.util.Set;
import javax.security.auth.Subject;

/** Opens the physical connections of mailboxes. Thread-safe. */
final class ReceivingManagedConnectionFactory implements ManagedConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final transient StoreOpener opener;
    private final transient Maildrops maildrops = new Maildrops();
    private transient PrintWriter logWriter;

    ReceivingManagedConnectionFactory(StoreOpener opener) {
        this.opener = opener;
    }

    @Override
    public Object createConnectionFactory(ConnectionManager manager) {
        return new MailboxFactory(this, manager, NoListener.INSTANCE, SessionNames.NONE);
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("mailboxes need a connection manager, such as Mailroom's own pool");
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo requestInfo)
            throws ResourceException {
        if (!(requestInfo instanceof ReceivingRequestInfo request)) {
            throw new ResourceException("which mailbox is to be opened is said by ReceivingSettings");
        }
        Runnable giveBack = () -> { };
        MailStore store = null;
        try {
            giveBack = maildrops.take(request.settings());
            store = opener.open(request.mailbox(), request.deadline());
            return new ReceivingManagedConnection(request, store, giveBack);
        } catch (SmtpException e) {
            throw Failures.toSpecification(e);
        } finally {
            if (store == null) {
                giveBack.run();
            }
        }
    }

    /** None: a mailbox that is open belongs to who opened it. */
    @Override
    @SuppressWarnings("rawtypes")
    public ManagedConnection matchManagedConnections(Set candidates, Subject subject, ConnectionRequestInfo request) {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        this.logWriter = out;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReceivingManagedConnectionFactory factory && opener == factory.opener;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(opener);
    }
}
