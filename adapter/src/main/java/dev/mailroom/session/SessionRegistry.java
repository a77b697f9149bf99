package dev.mailroom.session;

import dev.mailroom.Caller;
import dev.mailroom.SessionKey;
import dev.mailroom.SessionNames;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import dev.mailroom.configuration.NearestName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final OpenSessions open = new OpenSessions();
    private final Map<String, Named> named;
    private final SessionNames names;
    private long lastSweep;

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
        this.names = NamedSession.names(namedSessions);
        this.lastSweep = nanoTime.getAsLong();
    }

    @Override
    public SmtpSession start(Caller caller, SmtpSettings asked, boolean asynchronous)
            throws SmtpException, SessionRefusedException {
        rule.check(asked);
        join(caller, asked, asynchronous);
        // The proof that server, login and TLS work. Nothing is locked while the network is waited for.
        connections.getConnection(asked).close();
        Opening opening = register(caller, asked, asynchronous);
        if (opening.first) {
            listener.on(new SmtpEvent.SessionOpened(names.label(asked.session()), caller));
        }
        return opening.session;
    }

    /** A start: of a session that was not open, or one holder more. */
    private record Opening(SmtpSession session, boolean first) {
    }

    /**
     * The session that a start with these arguments is one more holder of.
     *
     * @throws SessionRefusedException when there is none, and no room for another
     */
    private synchronized Optional<OpenSession> join(Caller caller, SmtpSettings asked, boolean asynchronous)
            throws SessionRefusedException {
        Optional<OpenSession> same = open.latest(owner(caller), asked.user(),
                session -> session.same(asked, asynchronous) && !expired(session));
        if (same.isEmpty()) {
            makeRoom(caller, asked.user());
        }
        return same;
    }

    private void makeRoom(Caller caller, String user) throws SessionRefusedException {
        long now = nanoTime.getAsLong();
        if (isFull(caller) || now - lastSweep > settings.idleTimeout().dividedBy(8).toNanos()) {
            lastSweep = now;
            open.all().stream().filter(this::expired).forEach(this::end);
        }
        if (open.size() >= settings.maxSessions()) {
            throw noRoom(user, open.size(), settings.maxSessions(), "", "max-sessions");
        }
        if (isFull(caller)) {
            throw noRoom(user, open.openedBy(caller), settings.maxPerCaller(), " of this caller", "max-per-caller");
        }
    }

    private boolean isFull(Caller caller) {
        return open.size() >= settings.maxSessions() || open.openedBy(caller) >= settings.maxPerCaller();
    }

    private static SessionRefusedException noRoom(String user, long used, int most, String whose, String key) {
        return new SessionRefusedException(Reason.FORBIDDEN, "the session \"" + user + "\" cannot be opened: " + used
                + " of " + most + " sessions" + whose + " are open (mailroom.sessions." + key + "); close some");
    }

    private synchronized Opening register(Caller caller, SmtpSettings asked, boolean asynchronous)
            throws SessionRefusedException {
        Optional<OpenSession> same = join(caller, asked, asynchronous);
        OpenSession session = same.isPresent() ? same.get()
                : OpenSession.of(owner(caller), caller, asked, asynchronous, connections, nanoTime);
        session.hold();
        open.started(session);
        return new Opening(session, same.isEmpty());
    }

    @Override
    public SmtpSession find(Caller caller, String user, Predicate<String> inRole) throws SessionRefusedException {
        String name = user == null ? "" : user.strip();
        Optional<OpenSession> own = latest(caller, name);
        if (own.isPresent()) {
            own.get().touch();
            return own.get();
        }
        Named administrators = named.get(name);
        if (administrators == null) {
            throw noSuchSession(caller, name, inRole);
        }
        if (isOpen(administrators.definition, inRole)) {
            return administrators.session;
        }
        throw new SessionRefusedException(Reason.FORBIDDEN, "the caller " + caller + " may not use the session \""
                + name + "\": it is open to the roles " + administrators.definition.roles() + " only");
    }

    private Optional<OpenSession> latest(Caller caller, String name) {
        return open.latest(owner(caller), name, session -> !expired(session));
    }

    @Override
    public Optional<SmtpSession> open(Caller caller, String id) {
        Optional<OpenSession> found = open.find(id)
                .filter(session -> session.owner().equals(owner(caller)) && !expired(session));
        found.ifPresent(OpenSession::touch);
        return found.map(SmtpSession.class::cast);
    }

    @Override
    public List<SmtpSession> open(Caller caller) {
        return open.of(owner(caller)).stream().filter(session -> !expired(session)).map(SmtpSession.class::cast)
                .sorted(Comparator.comparing(SmtpSession::name).thenComparing(SmtpSession::id)).toList();
    }

    @Override
    public List<String> names(SmtpSession session) {
        return names.label(session.settings().session()).names();
    }

    @Override
    public Optional<SmtpSession> named(String name) {
        return Optional.ofNullable(named.get(name)).map(Named::session);
    }

    @Override
    public SmtpSession restored(SmtpSettings asked) throws SessionRefusedException {
        rule.check(asked);
        return OpenSession.of(Caller.ANONYMOUS, Caller.ANONYMOUS, asked, true, connections, nanoTime);
    }

    @Override
    public synchronized void close(Caller caller, String user) throws SessionRefusedException {
        String name = user == null ? "" : user.strip();
        Optional<OpenSession> session = latest(caller, name);
        if (session.isPresent()) {
            giveBack(session.get());
        } else if (!named.containsKey(name)) {
            throw noSuchSession(caller, name, role -> false);
        }
    }

    @Override
    public synchronized void close(Caller caller, SmtpSession session) throws SessionRefusedException {
        giveBack(open.find(session.id()).filter(own -> own.owner().equals(owner(caller)) && !expired(own))
                .orElseThrow(() -> noSuchSession(caller, session.name(), role -> false)));
    }

    private void giveBack(OpenSession session) {
        if (session.unhold()) {
            end(session);
        }
    }

    /** After a change of password or server: connections that were opened with the old one must not stay open. */
    private void end(OpenSession session) {
        open.remove(session);
        SessionKey connected = session.settings().session();
        boolean used = open.uses(connected)
                || named.values().stream().anyMatch(n -> n.definition.settings().session().equals(connected));
        if (session.superseded() && !used) {
            drain.drain(connected);
        }
    }

    @Override
    public Caller owner(Caller caller) {
        return settings.scope() == SessionsSettings.Scope.APPLICATION ? Caller.ANONYMOUS : caller;
    }

    private SessionRefusedException noSuchSession(Caller caller, String user, Predicate<String> inRole) {
        return new SessionRefusedException(Reason.NO_SUCH_SESSION,
                "there is no session \"" + user + "\" open for this caller; start it before, it may have been closed"
                        + " or have expired" + nearest(caller, user, inRole)
                                .map(name -> "; did you mean \"" + name + "\"?").orElse(""));
    }

    /**
     * Suggests only names that this caller may use, so as not to reveal the names of others; a name that differs in
     * case only counts as a match.
     */
    private Optional<String> nearest(Caller caller, String user, Predicate<String> inRole) {
        Stream<String> own = open(caller).stream().map(SmtpSession::name);
        Stream<String> administrators = named.values().stream().map(Named::definition)
                .filter(definition -> isOpen(definition, inRole)).map(NamedSession::name);
        Map<String, String> byLowerCase = Stream.concat(own, administrators).filter(name -> !name.equals(user))
                .collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), Function.identity(),
                        (first, second) -> first, TreeMap::new));
        return NearestName.to(user.toLowerCase(Locale.ROOT), byLowerCase.keySet(), Math.max(1, user.length() / 4))
                .map(byLowerCase::get);
    }

    private static boolean isOpen(NamedSession definition, Predicate<String> inRole) {
        return definition.roles().isEmpty() || definition.roles().stream().anyMatch(inRole);
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

    private boolean expired(OpenSession session) {
        Duration limit = settings.idleTimeout();
        return !limit.isZero() && session.idleNanos() > limit.toNanos();
    }
}
