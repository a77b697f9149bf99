package dev.mailroom.cdi;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.ConnectionCounts;
import dev.mailroom.connector.ConnectionFactory;
import java.time.Duration;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.Reference;

/**
 * The connection factory of the application server. Looked up at once, since a thread of Mailroom's own would not see
 * {@code java:app}, and again with each request until it is there: nobody promises who is made first.
 */
final class NamedConnectionFactory implements SmtpConnectionFactory {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOG = System.getLogger("dev.mailroom.configuration");

    private final String name;
    private final transient SmtpListener listener;
    private transient volatile SmtpConnectionFactory found;

    NamedConnectionFactory(String name, SmtpListener listener) {
        this.name = name;
        this.listener = listener;
        try {
            found = lookUp();
        } catch (NamingException | ClassCastException e) {
            LOG.log(System.Logger.Level.DEBUG, "no connection factory yet", e);
        }
    }

    private SmtpConnectionFactory lookUp() throws NamingException {
        SmtpConnectionFactory factory = InitialContext.doLookup(name);
        return factory instanceof ConnectionFactory ours ? ours.telling(listener) : factory;
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
            // The server's pool tells nobody what it could not open; here is who asked for it.
            if (e.failure().phase() != Phase.LEASE) {
                listener.onOpenFailed(
                        SessionKey.of(settings), e.failure(), Duration.ofNanos(System.nanoTime() - start));
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
