package dev.mailroom.cdi;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.ConnectionFactory;
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
        return factory.getConnection(settings);
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
