package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpSettings;
import jakarta.resource.spi.ConnectionRequestInfo;

/**
 * What one request for a connection asks for. Equality is {@link ConnectionIdentity}: requests that differ only in
 * timeouts, limits or deadline may be served by the same connection.
 */
public final class SmtpConnectionRequestInfo implements ConnectionRequestInfo {
    private final SmtpSettings settings;
    private final Deadline deadline;
    private final ConnectionIdentity identity;
    /** Made when first asked for: most requests are served without. Racing threads make the same. */
    private SessionKey session;

    /** A request whose deadline starts now. */
    public SmtpConnectionRequestInfo(SmtpSettings settings) {
        this(settings, Deadline.after(settings.timeouts().send()));
    }

    SmtpConnectionRequestInfo(SmtpSettings settings, Deadline deadline) {
        this.settings = settings;
        this.deadline = deadline;
        this.identity = ConnectionIdentity.of(settings);
    }

    /** Everything needed to open the connection. */
    public SmtpSettings settings() {
        return settings;
    }

    /** Bounds the wait, the handshake and the first send together. */
    Deadline deadline() {
        return deadline;
    }

    /** What listeners are told. */
    SessionKey session() {
        SessionKey known = session;
        if (known == null) {
            known = SessionKey.of(settings);
            session = known;
        }
        return known;
    }

    /** What decides whether a connection matches. */
    public ConnectionIdentity identity() {
        return identity;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpConnectionRequestInfo info && identity.equals(info.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
