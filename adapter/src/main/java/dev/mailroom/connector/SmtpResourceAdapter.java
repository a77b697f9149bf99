package dev.mailroom.connector;

import dev.mailroom.receiving.MailListener;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.ConnectionCounts;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.transaction.xa.XAResource;

/**
 * The deployed resource adapter: owns what all its connection factories share, and ends it at undeployment. A Java
 * bean because the specification asks for one; set up once by the server, then only read.
 */
public final class SmtpResourceAdapter implements ResourceAdapter {
    private String trustStore = "";
    private String trustStorePassword = "";
    private final ConnectionCounts counts = new ConnectionCounts();
    private final MailLimits mailLimits = new MailLimits();
    private final Map<ActivationSpec, EndpointActivation> activations =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private volatile BootstrapContext context;
    private volatile SocketTransportFactory transports;

    /** PKCS #12 or JKS file with the administrator's trust anchors; empty = none. */
    public String getTrustStore() {
        return trustStore;
    }

    /** Sets the file with the administrator's trust anchors. */
    public void setTrustStore(String trustStore) {
        this.trustStore = Objects.requireNonNullElse(trustStore, "").strip();
    }

    /** The password of the trust store; empty = none. */
    public String getTrustStorePassword() {
        return trustStorePassword;
    }

    /** Sets the password of the trust store. */
    public void setTrustStorePassword(String trustStorePassword) {
        this.trustStorePassword = Objects.requireNonNullElse(trustStorePassword, "");
    }

    /** What opens connections while the adapter is started. */
    TransportFactory transports() throws ResourceException {
        TransportFactory current = transports;
        if (current == null) {
            throw new ResourceException("the Mailroom resource adapter is not started");
        }
        return current;
    }

    ConnectionCounts counts() {
        return counts;
    }

    MailLimits mailLimits() {
        return mailLimits;
    }

    @Override
    public void start(BootstrapContext server) throws ResourceAdapterInternalException {
        context = server;
        try {
            var started = new SocketTransportFactory(trustStore.isEmpty()
                    ? TrustSettings.jdk() : TrustSettings.with(Path.of(trustStore), trustStorePassword));
            started.start();
            transports = started;
        } catch (IllegalArgumentException e) {
            throw new ResourceAdapterInternalException("the property trustStore is not usable: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        List.copyOf(activations.values()).forEach(EndpointActivation::stop);
        activations.clear();
        SocketTransportFactory current = transports;
        transports = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec spec) throws ResourceException {
        SocketTransportFactory current = transports;
        if (current == null || !(spec instanceof MailboxActivationSpec mailbox)) {
            throw new NotSupportedException(current == null ? "the Mailroom resource adapter is not started"
                    : "mails go to message-driven beans that implement " + MailListener.class.getName());
        }
        activations.put(spec, EndpointActivation.start(context, StoreOpener.over(current), endpoints, mailbox));
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory endpoints, ActivationSpec spec) {
        EndpointActivation activation = activations.remove(spec);
        if (activation != null) {
            activation.stop();
        }
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpResourceAdapter adapter && trustStore.equals(adapter.trustStore)
                && trustStorePassword.equals(adapter.trustStorePassword);
    }

    @Override
    public int hashCode() {
        return Objects.hash(trustStore, trustStorePassword);
    }
}
