package dev.mailroom.session;

import dev.mailroom.Caller;
import dev.mailroom.Failure;
import dev.mailroom.Identity;
import dev.mailroom.Phase;
import dev.mailroom.SessionKey;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpSettings;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.receiving.ReceivingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The receiving sessions of one application. Needs no thread: one that has expired is not found, and each call of start
 * or find ends those that have.
 */
public final class ReceivingRegistry implements ReceivingSessions, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.session");
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final ReceivingConnectionFactory connections;
    private final SessionsSettings settings;
    private final SecurityRule rule;
    private final SmtpSettings template;
    private final long maxMessage;
    private final NamedMailboxes named;
    private final SmtpListener listener;
    private final LongSupplier nanoTime;
    /** The session that was started last is the last. Guarded by this. */
    private final List<OpenMailbox> open = new ArrayList<>();
    /** What is being opened at this moment. Guarded by this. */
    private final Set<MailboxStart> openings = new HashSet<>();

    private record MailboxStart(Caller owner, SessionKey mailbox, String name) {
    }

    /**
     * A registry.
     *
     * @param template the administrator's timeouts, limits and trust; its user, host and port are not used
     * @param maxMessage octets of the largest mail that is read
     * @param named the administrator's mailboxes
     * @param listener told who opens what; it must not throw
     * @param nanoTime the monotonic clock
     */
    public ReceivingRegistry(ReceivingConnectionFactory connections, SessionsSettings settings,
            SecuritySettings security, SmtpSettings template, long maxMessage, NamedMailboxes named,
            SmtpListener listener, LongSupplier nanoTime) {
        this.connections = connections;
        this.settings = settings;
        this.rule = new SecurityRule(security);
        this.template = template;
        this.maxMessage = maxMessage;
        this.named = named;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    @Override
    public ReceivingSession start(Caller caller, ReceivingSettings asked)
            throws SmtpException, SessionRefusedException {
        rule.check(asked.server());
        return start(caller, asked, asked.server().user());
    }

    private ReceivingSession start(Caller caller, ReceivingSettings asked, String name)
            throws SmtpException, SessionRefusedException {
        endExpired();
        MailboxStart opening = new MailboxStart(owner(caller), asked.server().session(), name);
        Optional<OpenMailbox> same = joinOrBegin(opening, caller, asked);
        if (same.isPresent()) {
            return same.get();
        }
        try {
            ReceivingConnection connection = LastingConnection.open(connections, asked, nanoTime);
            OpenMailbox session = new OpenMailbox(opening.owner(), caller, name, asked, connection, nanoTime);
            add(session);
            listener.on(new SmtpEvent.SessionOpened(asked.server().session(), caller));
            return session;
        } finally {
            opened(opening);
        }
    }

    /** The session that a start is one more holder of; else the caller of this is the one to open it. */
    private synchronized Optional<OpenMailbox> joinOrBegin(MailboxStart opening, Caller caller, ReceivingSettings asked)
            throws SmtpException, SessionRefusedException {
        // Who starts a mailbox that is being opened waits: with POP3 a second connection would be refused.
        while (openings.contains(opening)) {
            await(asked);
        }
        Optional<OpenMailbox> same = last(opening.owner(),
                session -> opens(session, opening, asked) && session.usable());
        if (same.isPresent()) {
            same.get().hold();
            open.remove(same.get());
            open.add(same.get());
            return same;
        }
        // What is left of it after its connection was lost would keep the mailbox taken.
        end(session -> session.owner().equals(opening.owner()) && opens(session, opening, asked));
        makeRoom(caller, asked);
        openings.add(opening);
        return Optional.empty();
    }

    private static boolean opens(OpenMailbox session, MailboxStart opening, ReceivingSettings asked) {
        return session.settings().equals(asked) && session.name().equals(opening.name());
    }

    private void await(ReceivingSettings asked) throws SmtpException {
        try {
            wait(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SmtpException(Failure.before(Phase.LEASE, "interrupted while the mailbox of "
                    + asked.server().identity() + " was being opened", asked.server()), e);
        }
    }

    private void makeRoom(Caller caller, ReceivingSettings asked) throws SessionRefusedException {
        long own = open.stream().filter(session -> session.openedBy().equals(caller)).count();
        boolean full = open.size() + openings.size() >= settings.maxSessions();
        if (full || own >= settings.maxPerCaller()) {
            throw new SessionRefusedException(Reason.FORBIDDEN, "the mailbox of " + asked.server().identity()
                    + " cannot be opened: " + (full ? open.size() + " of " + settings.maxSessions()
                    + " receiving sessions are open (mailroom.sessions.max-sessions)" : own + " of "
                    + settings.maxPerCaller() + " of this caller are open (mailroom.sessions.max-per-caller)")
                    + "; close some");
        }
    }

    private synchronized void add(OpenMailbox session) {
        session.hold();
        open.add(session);
    }

    private synchronized void opened(MailboxStart opening) {
        openings.remove(opening);
        notifyAll();
    }

    @Override
    public ReceivingSession find(Caller caller, String user) throws SessionRefusedException {
        endExpired();
        String name = user == null ? "" : user.strip();
        OpenMailbox found = named(caller, name).orElseThrow(() -> noSuchSession(name));
        found.touch();
        return found;
    }

    @Override
    public ReceivingSession findOrOpen(Caller caller, String user, Predicate<String> inRole)
            throws SmtpException, SessionRefusedException {
        String name = user == null ? "" : user.strip();
        Optional<NamedMailbox> administrators = named.find(name);
        Optional<OpenMailbox> open = named(caller, name);
        if (administrators.isEmpty() || open.filter(session -> !session.opens(administrators.get())).isPresent()) {
            return find(caller, user);
        }
        NamedMailbox mailbox = administrators.get();
        if (!mailbox.roles().isEmpty() && mailbox.roles().stream().noneMatch(inRole)) {
            throw new SessionRefusedException(Reason.FORBIDDEN, "the caller " + caller + " may not use the mailbox \""
                    + name + "\": it is open to the roles " + mailbox.roles() + " only");
        }
        if (open.filter(OpenMailbox::usable).isPresent()) {
            open.get().touch();
            return open.get();
        }
        return start(caller, mailbox.settings(), name);
    }

    private synchronized Optional<OpenMailbox> named(Caller caller, String name) {
        return last(owner(caller), session -> session.name().equals(name));
    }

    @Override
    public synchronized Optional<ReceivingSession> open(Caller caller, String id) {
        Optional<OpenMailbox> found = last(owner(caller), session -> session.id().equals(id));
        found.ifPresent(OpenMailbox::touch);
        return found.map(ReceivingSession.class::cast);
    }

    private Optional<OpenMailbox> last(Caller owner, Predicate<OpenMailbox> which) {
        return open.stream().filter(session -> session.owner().equals(owner) && !expired(session)).filter(which)
                .reduce((earlier, later) -> later);
    }

    @Override
    public void close(Caller caller, ReceivingSession session) throws SmtpException, SessionRefusedException {
        Optional<OpenMailbox> last = giveBack(caller, session);
        if (last.isPresent()) {
            last.get().close();
        }
    }

    /** The session if nobody holds it any more. */
    private synchronized Optional<OpenMailbox> giveBack(Caller caller, ReceivingSession session)
            throws SessionRefusedException {
        OpenMailbox own = last(owner(caller), one -> one.id().equals(session.id()))
                .orElseThrow(() -> noSuchSession(session.name()));
        if (!own.unhold()) {
            return Optional.empty();
        }
        open.remove(own);
        return Optional.of(own);
    }

    private static SessionRefusedException noSuchSession(String name) {
        return new SessionRefusedException(Reason.NO_SUCH_SESSION, "there is no receiving session \"" + name
                + "\" open for this caller; start it before, with POP3 or IMAP: it may have been closed or have"
                + " expired, and a session that sends cannot read");
    }

    private Caller owner(Caller caller) {
        return settings.scope() == SessionsSettings.Scope.APPLICATION ? Caller.ANONYMOUS : caller;
    }

    @Override
    public ReceivingSettings defaults(Identity.MailProtocol protocol, String user, String host, int port) {
        return ReceivingSettings.of(SmtpSettings.of(user, host, port).withTrust(template.trust())
                .withTimeouts(template.timeouts()).withLimits(template.limits()).withProtocol(protocol))
                .withMaxMessage(maxMessage);
    }

    private boolean expired(OpenMailbox session) {
        Duration limit = settings.idleTimeout();
        return !limit.isZero() && session.idleNanos() > limit.toNanos();
    }

    private void endExpired() {
        abandon(remove(this::expired));
    }

    private void end(Predicate<OpenMailbox> which) {
        abandon(remove(which));
    }

    private synchronized List<OpenMailbox> remove(Predicate<OpenMailbox> which) {
        List<OpenMailbox> removed = open.stream().filter(which).toList();
        open.removeAll(removed);
        return removed;
    }

    /** What nobody asked for is never made final. */
    private static void abandon(List<OpenMailbox> sessions) {
        for (OpenMailbox session : sessions) {
            int lost = session.abandon();
            if (lost > 0) {
                LOG.log(System.Logger.Level.WARNING, () -> "MR0801 the mailbox of " + session + " was left without"
                        + " being closed; " + lost + " mails marked as deleted stay where they are");
            }
        }
    }

    /** Leaves every mailbox, without deletions. */
    @Override
    public void close() {
        abandon(remove(session -> true));
    }
}
