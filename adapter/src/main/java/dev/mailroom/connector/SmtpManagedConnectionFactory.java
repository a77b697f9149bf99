package dev.mailroom.connector;

import dev.mailroom.Secret;
import dev.mailroom.SessionKey;
import dev.mailroom.SessionNames;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.transport.TransportFactory;
import dev.mailroom.watch.ConnectionCounts;
import dev.mailroom.watch.ConnectionUse;
import dev.mailroom.watch.NoListener;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * Opens and matches physical connections. Thread-safe once configured. Its properties describe the connection for a
 * request that names none, such as a server's ping of its pool; Mailroom's own requests are always complete.
 */
public final class SmtpManagedConnectionFactory extends ConnectionDefaults
        implements ManagedConnectionFactory, ValidatingManagedConnectionFactory, ResourceAdapterAssociation {
    private static final long serialVersionUID = 1L;

    private transient TransportFactory transports;
    private transient SmtpResourceAdapter resourceAdapter;
    private transient PrintWriter logWriter;
    private final transient MailLimits ownMailLimits = new MailLimits();

    /** For an application server, which then sets the properties and the resource adapter. */
    public SmtpManagedConnectionFactory() {
        // a Java bean by specification
    }

    /** A factory that opens its connections with these transports. */
    public SmtpManagedConnectionFactory(TransportFactory transports) {
        this.transports = transports;
    }

    @Override
    public Object createConnectionFactory(ConnectionManager connectionManager) {
        return new ConnectionFactory(this, connectionManager, NoListener.INSTANCE, SessionNames.NONE);
    }

    @Override
    public Object createConnectionFactory() throws ResourceException {
        throw new NotSupportedException("a connection factory needs a connection manager: use "
                + "createConnectionFactory(new KeyedConnectionManager(...)), or deploy the resource adapter");
    }

    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo requestInfo)
            throws ResourceException {
        SmtpConnectionRequestInfo info = complete(subject, requestInfo);
        try {
            var transport = new ReplaceableTransport(info.settings(), info.deadline(), transports(),
                    mailLimits().of(info.session()));
            return new SmtpManagedConnection(this, info.session(), transport, counts()
                    .map(counts -> counts.opened(info.session())).orElse(ConnectionUse.UNCOUNTED));
        } catch (SmtpException e) {
            counts().ifPresent(counts -> counts.openFailed(info.session()));
            throw Failures.toSpecification(e);
        }
    }

    /** What the resource adapter counts; empty without one. */
    Optional<ConnectionCounts> counts() {
        return Optional.ofNullable(resourceAdapter).map(SmtpResourceAdapter::counts);
    }

    private TransportFactory transports() throws ResourceException {
        return resourceAdapter == null ? transports : resourceAdapter.transports();
    }

    private MailLimits mailLimits() {
        return resourceAdapter == null ? ownMailLimits : resourceAdapter.mailLimits();
    }

    /** The request itself, or what the properties and the server's sign-on say where there is none. */
    SmtpConnectionRequestInfo complete(Subject subject, ConnectionRequestInfo requestInfo)
            throws ResourceException {
        if (requestInfo instanceof SmtpConnectionRequestInfo info) {
            return info;
        }
        SmtpSettings settings;
        try {
            settings = settings();
        } catch (IllegalArgumentException e) {
            throw new ResourceException("the properties of the connection factory are not usable: "
                    + e.getMessage(), e);
        }
        PasswordCredential credential = credential(subject);
        return new SmtpConnectionRequestInfo(credential == null ? settings
                : SmtpSettings.of(credential.getUserName(), settings.host(), settings.port())
                        .withTls(settings.tls()).withTrust(settings.trust())
                        .withSecret(Secret.password(new String(credential.getPassword()))));
    }

    /** The server's sign-on for this factory (Connectors 2.1, section 9.2.1), if it did one. */
    private PasswordCredential credential(Subject subject) {
        if (subject == null) {
            return null;
        }
        return subject.getPrivateCredentials(PasswordCredential.class).stream()
                .filter(c -> equals(c.getManagedConnectionFactory()) && c.getPassword() != null
                        && c.getPassword().length > 0)
                .findFirst().orElse(null);
    }

    /** A candidate of exactly the requested identity that the server has not hung up on, or null: never the first. */
    @Override
    @SuppressWarnings("rawtypes")
    public ManagedConnection matchManagedConnections(
            Set candidates, Subject subject, ConnectionRequestInfo requestInfo) throws ResourceException {
        SessionKey wanted = complete(subject, requestInfo).session();
        for (Object candidate : candidates) {
            if (candidate instanceof SmtpManagedConnection connection && connection.session().equals(wanted)
                    && connection.quiet()) {
                return connection;
            }
        }
        return null;
    }

    /** Those that do not answer NOOP within a few seconds each. */
    @Override
    @SuppressWarnings("rawtypes")
    public Set getInvalidConnections(Set candidates) {
        Set<Object> invalid = new HashSet<>();
        for (Object candidate : candidates) {
            if (candidate instanceof SmtpManagedConnection connection && !connection.probe()) {
                invalid.add(connection);
            }
        }
        return invalid;
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (!(adapter instanceof SmtpResourceAdapter ours)) {
            throw new ResourceException("expected Mailroom's resource adapter, was " + adapter);
        }
        this.resourceAdapter = ours;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        this.logWriter = out;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    // Connectors 2.1, 6.5.3.2: equality is that of the configuration; what a connection is for travels in the request.
    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpManagedConnectionFactory factory && transports == factory.transports
                && sameDefaults(factory);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(transports) * 31 + defaultsHash();
    }
}
