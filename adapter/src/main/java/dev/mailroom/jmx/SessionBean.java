package dev.mailroom.jmx;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;
import java.util.List;

/** Passes on one session's row, and who it is. */
final class SessionBean extends PoolBean implements SessionMXBean {
    private final SessionKey session;

    SessionBean(SmtpPool pool, SessionKey session) {
        super(pool, session.id(), () -> pool.session(session.id()));
        this.session = session;
    }

    @Override
    String shown() {
        return "session " + session;
    }

    @Override
    public List<String> getNames() {
        return session.names();
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
    public String getTrust() {
        return session.trust().name();
    }

    @Override
    public String getFingerprint() {
        return session.fingerprint();
    }

    @Override
    public boolean isAuthenticated() {
        return row().authenticated();
    }

    @Override
    public void drop() {
        done(pool.drop(id), "dropped");
    }
}
