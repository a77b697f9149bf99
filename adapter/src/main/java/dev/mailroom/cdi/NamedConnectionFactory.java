package dev.mailroom.cdi;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.ConnectionFactory;
import dev.mailroom.watch.ConnectionCounts;
import java.time.Duration;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.Reference;

/**
 * The connection factory of the application server. Looked up at once, since a thread of Mailroom's own would not see
 * {@code java:app}, and again with each request until it is there, since the order in which a server starts its parts
 * is not defined.
 */
final class NamedConnectionFactory implements SmtpConnectionFactory {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOG = System.getLogger("dev.mailroom.configuration");

    private final String name;
    private final transient SmtpListener listener;
    private final transient SessionNames names;
    private transient volatile SmtpConnectionFactory found;

    NamedConnectionFactory(String name, SmtpListener listener, SessionNames names) {
        this.name = name;
        this.listener = listener;
        this.names = names;
        try {
            found = lookUp();
        } catch (NamingException | ClassCastException e) {
            LOG.log(System.Logger.Level.DEBUG, "no connection factory yet", e);
        }
    }

    private SmtpConnectionFactory lookUp() throws NamingException {
        SmtpConnectionFactory factory = InitialContext.doLookup(name);
        return factory instanceof ConnectionFactory ours ? ours.telling(listener, names) : factory;
    }

    /** What the resource adapter counts of its connections; empty as long as it is not there. */
    Optional<ConnectionCounts> counts() {
        return found instanceof ConnectionFactory ours ? ours.counts() : Optional.empty();
    }

    @Override
    public SmtpConnection getConnection(SmtpSettings settings) throws SmtpException {
        SmtpConnectionFactory factory = found;
        if (factory == null) {
            try {
                factory = lookUp();
                found = factory;
            } catch (NamingException | ClassCastException e) {
                throw new SmtpException(Failure.before(Phase.LEASE, MailroomKeys.CONNECTION_FACTORY + " names " + name
                        + ", which is no connection factory of Mailroom's resource adapter (" + e.getMessage()
                        + "); deploy the adapter and create the resource", settings), e);
            }
        }
        long start = System.nanoTime();
        try {
            return factory.getConnection(settings);
        } catch (SmtpException e) {
            // The server's pool reports no failed opening; this is the place where the session is known.
            if (e.failure().phase() != Phase.LEASE) {
                listener.on(new SmtpEvent.ConnectionOpenFailed(names.label(settings.session()), e.failure(),
                        Duration.ofNanos(System.nanoTime() - start)));
            }
            throw e;
        }
    }

    /** The application's own; only what it stands for is bound in JNDI. */
    @Override
    public void setReference(Reference reference) {
        throw new UnsupportedOperationException("bind the resource adapter's connection factory instead");
    }

    @Override
    public Reference getReference() throws NamingException {
        throw new NamingException("the factory that stands for " + name + " is not bound itself");
    }
}
