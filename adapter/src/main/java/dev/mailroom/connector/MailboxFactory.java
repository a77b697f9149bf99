package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSettings;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.time.Duration;
import javax.naming.Reference;

/** Asks the connection manager for mailboxes. */
final class MailboxFactory implements ReceivingConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final ReceivingManagedConnectionFactory factory;
    @SuppressWarnings("serial")
    private final ConnectionManager manager;
    @SuppressWarnings("serial")
    private final SmtpListener listener;
    private final transient SessionNames names;
    private Reference reference;

    MailboxFactory(ReceivingManagedConnectionFactory factory, ConnectionManager manager, SmtpListener listener,
            SessionNames names) {
        this.factory = factory;
        this.manager = manager;
        this.listener = listener;
        this.names = names;
    }

    @Override
    public ReceivingConnection getConnection(ReceivingSettings settings) throws SmtpException {
        var request = new ReceivingRequestInfo(settings, names.label(settings.server().session()),
                Deadline.after(settings.server().timeouts().send()));
        long start = System.nanoTime();
        try {
            return (ReceivingConnection) manager.allocateConnection(factory, request);
        } catch (ResourceException e) {
            SmtpException failed = Failures.fromManager(e, settings.server());
            listener.on(new SmtpEvent.RequestFailed(
                    request.session(), failed.failure(), Duration.ofNanos(System.nanoTime() - start)));
            throw failed;
        }
    }

    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }

    @Override
    public Reference getReference() {
        return reference;
    }
}
