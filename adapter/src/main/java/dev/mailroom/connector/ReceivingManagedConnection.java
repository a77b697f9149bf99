package dev.mailroom.connector;

import dev.mailroom.store.MailStore;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * One open mailbox. It serves one handle in its life: what is marked as deleted, and with POP3 the numbers, belong to
 * who opened it, and leaving is what makes deletions final.
 */
final class ReceivingManagedConnection implements PooledMember {
    private final ReceivingRequestInfo request;
    private final MailStore store;
    private final Runnable giveBack;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private boolean lent;
    private PrintWriter logWriter;

    ReceivingManagedConnection(ReceivingRequestInfo request, MailStore store, Runnable giveBack) {
        this.request = request;
        this.store = store;
        this.giveBack = giveBack;
    }

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo requestInfo) throws ResourceException {
        if (lent) {
            throw new IllegalStateException("the mailbox of " + request + " is lent already");
        }
        lent = true;
        return new MailboxHandle(store, this::closed);
    }

    private void closed() {
        ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
        listeners.forEach(listener -> listener.connectionClosed(event));
    }

    @Override
    public boolean quiet() {
        return store.quiet();
    }

    @Override
    public boolean probe() {
        return store.quiet();
    }

    @Override
    public boolean usedUp() {
        return true;
    }

    @Override
    public void rest() {
        // It never waits for another user.
    }

    @Override
    public void cleanup() {
        // Nothing is kept: it is destroyed next.
    }

    @Override
    public void destroy() {
        store.close();
        giveBack.run();
    }

    @Override
    public void associateConnection(Object connection) throws ResourceException {
        throw new NotSupportedException("a mailbox that is open cannot be moved to another connection");
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws ResourceException {
        throw new NotSupportedException("mailboxes have no two-phase commit; transaction support is NoTransaction");
    }

    @Override
    public LocalTransaction getLocalTransaction() throws ResourceException {
        throw new NotSupportedException("mailboxes have no transactions; transaction support is NoTransaction");
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new SmtpConnectionMetaData(store.serverName(), request.settings().user());
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
    public String toString() {
        return "ReceivingManagedConnection[" + request + "]";
    }
}
