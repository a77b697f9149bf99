package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpSettings;

/**
 * What one request for a connection asks for. Equality is that of the {@link dev.mailroom.Identity}: requests that
 * differ only in timeouts, limits or deadline may be served by the same connection.
 */
public final class SmtpConnectionRequestInfo implements PoolRequest {
    private final SmtpSettings settings;
    private final SessionKey session;
    private final Deadline deadline;

    /** A request whose deadline starts now. */
    public SmtpConnectionRequestInfo(SmtpSettings settings) {
        this(settings, settings.session(), Deadline.after(settings.timeouts().send()));
    }

    /** {@code session} is the settings' own, perhaps with names. */
    SmtpConnectionRequestInfo(SmtpSettings settings, SessionKey session, Deadline deadline) {
        this.settings = settings;
        this.session = session;
        this.deadline = deadline;
    }

    @Override
    public SmtpSettings settings() {
        return settings;
    }

    /** Bounds the first send as well. */
    @Override
    public Deadline deadline() {
        return deadline;
    }

    /** The same request, made now. */
    SmtpConnectionRequestInfo again() {
        return new SmtpConnectionRequestInfo(settings, session, Deadline.after(settings.timeouts().send()));
    }

    @Override
    public SessionKey session() {
        return session;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpConnectionRequestInfo info && session().equals(info.session());
    }

    @Override
    public int hashCode() {
        return session().hashCode();
    }

    @Override
    public String toString() {
        return session().toString();
    }
}
