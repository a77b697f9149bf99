package dev.mailroom.jmx;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;

/** Passes on one session's row, and who it is. */
final class SessionBean extends PoolBean implements SessionMXBean {
    private final SessionKey session;

    SessionBean(SmtpPool pool, SessionKey session) {
        super(pool, session.id(), () -> pool.session(session.id()));
        this.session = session;
    }

    @Override
    public String getUser() {
        return session.user();
    }

    @Override
    public String getHost() {
        return session.host();
    }

    @Override
    public int getPort() {
        return session.port();
    }

    @Override
    public String getTls() {
        return session.tls().name();
    }

    @Override
    public void drop() {
        done(pool.drop(id));
    }
}
