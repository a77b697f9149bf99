package dev.mailroom.session;

import dev.mailroom.Caller;
import dev.mailroom.SessionKey;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The sessions of one application. Needs no thread: an expired session is not found, and each start looks for others
 * that have expired, at most once in a while.
 */
public final class SessionRegistry implements SmtpSessions {
    private final SmtpConnectionFactory connections;
    private final SessionsSettings settings;
    private final SecurityRule rule;
    private final SmtpSettings template;
    private final Duration replyTimeoutCeiling;
    private final SessionDrain drain;
    private final SmtpListener listener;
    private final LongSupplier nanoTime;
    /** Changed under the registry's lock, read without. */
    private final Map<Key, OpenSession> open = new ConcurrentHashMap<>();
    private final Map<String, Named> named;
    private long lastSweep;

    private record Key(Caller caller, String user) {
    }

    private record Named(NamedSession definition, OpenSession session) {
    }

    /**
     * A registry.
     *
     * @param template the administrator's timeouts, limits, dialogue and trust; its user, host and port are not used
     * @param drain told when nobody uses an identity any more
     * @param listener told who opens what; it must not throw
     * @param nanoTime the monotonic clock
     */
    public SessionRegistry(SmtpConnectionFactory connections, SessionsSettings settings, SecuritySettings security,
            List<NamedSession> namedSessions, SmtpSettings template, Duration replyTimeoutCeiling, SessionDrain drain,
            SmtpListener listener, LongSupplier nanoTime) {
        this.connections = connections;
        this.settings = settings;
        this.rule = new SecurityRule(security);
        this.template = template;
        this.replyTimeoutCeiling = replyTimeoutCeiling;
        this.drain = drain;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.named = namedSessions.stream().collect(Collectors.toUnmodifiableMap(NamedSession::name,
                n -> new Named(n, OpenSession.named(n, connections, nanoTime))));
        this.lastSweep = nanoTime.getAsLong();
    }

    @Override
    public SmtpSession start(Caller caller, SmtpSettings asked, boolean asynchronous)
            throws SmtpException, SessionRefusedException {
        rule.check(asked);
        Key key = key(caller, asked.user());
        checkRoom(key);
        // The proof that server, login and TLS work. Nothing is locked while the network is waited for.
        connections.getConnection(asked).close();
        Opening opening = register(key, asked, asynchronous);
        if (opening.first) {
            listener.onSessionOpened(SessionKey.of(asked), caller);
        }
        return opening.session;
    }

    /** A start: of a session that was not open, or one holder more. */
    private record Opening(SmtpSession session, boolean first) {
    }

    private synchronized void checkRoom(Key key) throws SessionRefusedException {
        long now = nanoTime.getAsLong();
        boolean full = open.size() >= settings.maxSessions() && !open.containsKey(key);
        if (full || now - lastSweep > settings.idleTimeout().dividedBy(8).toNanos()) {
            lastSweep = now;
            open.values().removeIf(this::expired);
        }
        if (open.size() >= settings.maxSessions() && !open.containsKey(key)) {
            throw new SessionRefusedException(Reason.FORBIDDEN, "the session \"" + key.user
                    + "\" cannot be opened: " + open.size() + " of " + settings.maxSessions()
                    + " sessions are open (mailroom.sessions.max-sessions); close some");
        }
    }

    private synchronized Opening register(Key key, SmtpSettings asked, boolean asynchronous)
            throws SessionRefusedException {
        OpenSession session = open.get(key);
        boolean first = session == null || expired(session);
        if (first) {
            checkRoom(key);
            session = new OpenSession(asked.user(), asked, asynchronous, connections, nanoTime);
            open.put(key, session);
        }
        SmtpSettings before = session.settings();
        session.hold(asked, asynchronous);
        if (!before.sameIdentity(asked)) {
            drainIfUnused(before);
        }
        return new Opening(session, first);
    }

    @Override
    public SmtpSession find(Caller caller, String user, Predicate<String> inRole) throws SessionRefusedException {
        OpenSession own = open.get(key(caller, user));
        if (own != null && !expired(own)) {
            own.touch();
            return own;
        }
        Named administrators = named.get(user);
        if (administrators != null) {
            if (administrators.definition.roles().isEmpty()
                    || administrators.definition.roles().stream().anyMatch(inRole)) {
                return administrators.session;
            }
            throw new SessionRefusedException(Reason.FORBIDDEN, "the caller " + caller + " may not use the session \""
                    + user + "\": it is open to the roles " + administrators.definition.roles() + " only");
        }
        throw noSuchSession(user);
    }

    @Override
    public Optional<SmtpSession> named(String name) {
        return Optional.ofNullable(named.get(name)).map(Named::session);
    }

    @Override
    public synchronized void close(Caller caller, String user) throws SessionRefusedException {
        Key key = key(caller, user);
        OpenSession session = open.get(key);
        boolean live = session != null && !expired(session);
        if (session != null && (!live || session.unhold())) {
            open.remove(key);
        }
        if (!live && !named.containsKey(key.user)) {
            throw noSuchSession(user);
        }
    }

    private static SessionRefusedException noSuchSession(String user) {
        return new SessionRefusedException(Reason.NO_SUCH_SESSION,
                "there is no session \"" + user + "\" open for this caller; start it before, it may have been closed"
                        + " or have expired");
    }

    @Override
    public SmtpSettings defaults(String user, String host, int port) {
        return SmtpSettings.of(user, host, port).withTrust(template.trust()).withTimeouts(template.timeouts())
                .withLimits(template.limits()).withDialogue(template.dialogue());
    }

    @Override
    public Duration replyTimeoutCeiling() {
        return replyTimeoutCeiling;
    }

    private Key key(Caller caller, String user) {
        boolean shared = settings.scope() == SessionsSettings.Scope.APPLICATION;
        return new Key(shared ? Caller.ANONYMOUS : caller, user == null ? "" : user.strip());
    }

    private boolean expired(OpenSession session) {
        Duration limit = settings.idleTimeout();
        return !limit.isZero() && session.idleNanos() > limit.toNanos();
    }

    /** A changed password or server: what was opened with the old one must not linger. */
    private void drainIfUnused(SmtpSettings old) {
        boolean used = open.values().stream().anyMatch(session -> session.settings().sameIdentity(old))
                || named.values().stream().anyMatch(n -> n.definition.settings().sameIdentity(old));
        if (!used) {
            drain.drain(old);
        }
    }
}
