package dev.mailroom.cdi;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.Reference;

/**
 * The connection factory of the application server, looked up when it is first needed: one that the application itself
 * defines is bound only after its beans are checked. Without it every request fails, until somebody makes it.
 */
final class NamedConnectionFactory implements SmtpConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final String name;
    private transient volatile SmtpConnectionFactory found;

    NamedConnectionFactory(String name) {
        this.name = name;
    }

    @Override
    public SmtpConnection getConnection(SmtpSettings settings) throws SmtpException {
        SmtpConnectionFactory factory = found;
        if (factory == null) {
            factory = lookUp(settings);
            found = factory;
        }
        return factory.getConnection(settings);
    }

    private SmtpConnectionFactory lookUp(SmtpSettings settings) throws SmtpException {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new SmtpException(Failure.before(Phase.LEASE, MailroomKeys.CONNECTION_FACTORY + " names " + name
                    + ", which is no connection factory of Mailroom's resource adapter (" + e.getMessage()
                    + "); deploy the adapter and create the resource", settings), e);
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
