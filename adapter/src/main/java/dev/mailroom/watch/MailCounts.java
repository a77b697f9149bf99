package dev.mailroom.watch;

import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpEvent.ConnectionOpened;
import dev.mailroom.SmtpEvent.LoginOmitted;
import dev.mailroom.SmtpEvent.MailLimitLearned;
import dev.mailroom.SmtpEvent.MailSent;
import dev.mailroom.SmtpEvent.RequestFailed;
import dev.mailroom.SmtpEvent.SessionForgotten;
import dev.mailroom.SmtpEvent.SessionOpened;
import dev.mailroom.SmtpListener;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts mails and failures by session, over Mailroom's pool as over the application server's. A session's counts go
 * when the pool forgets it; of those that no pool reports as forgotten, the longest unused go when there are too many.
 */
public final class MailCounts implements SmtpListener {
    private static final Phase[] PHASES = Phase.values();

    private final SessionTable<MailCounters> bySession;
    private final MailCounters total = new MailCounters();

    private static final class MailCounters {
        volatile boolean unauthenticated;
        volatile int mailLimit;
        final LongAdder messages = new LongAdder();
        final AtomicLongArray failures = new AtomicLongArray(PHASES.length);

        Map<Phase, Long> failures() {
            Map<Phase, Long> byPhase = new EnumMap<>(Phase.class);
            for (Phase phase : PHASES) {
                long count = failures.get(phase.ordinal());
                if (count > 0) {
                    byPhase.put(phase, count);
                }
            }
            return byPhase;
        }
    }

    /** Counts, and tells nobody about new sessions. */
    public MailCounts() {
        this(session -> { });
    }

    /** Tells of each session that is counted for the first time, or no longer because there are too many. */
    public MailCounts(Consumer<SessionKey> changed) {
        bySession = new SessionTable<>(MailCounters::new, count -> true, changed);
    }

    @Override
    public void on(SmtpEvent event) {
        SessionKey session = event.session();
        if (event instanceof MailSent) {
            bySession.of(session).messages.increment();
            total.messages.increment();
        } else if (event instanceof RequestFailed failed) {
            int phase = failed.failure().phase().ordinal();
            bySession.of(session).failures.incrementAndGet(phase);
            total.failures.incrementAndGet(phase);
        } else if (event instanceof SessionOpened) {
            bySession.of(session);
        } else if (event instanceof SessionForgotten) {
            bySession.remove(session);
        } else if (event instanceof ConnectionOpened) {
            // Where that one has no login either, it is told next.
            bySession.find(session.id()).ifPresent(count -> count.unauthenticated = false);
        } else if (event instanceof LoginOmitted) {
            bySession.of(session).unauthenticated = true;
        } else if (event instanceof MailLimitLearned learned) {
            bySession.of(session).mailLimit = learned.mails();
        }
    }

    /** Mails that its server was found to take on one connection; 0 = no limit was met. */
    int mailLimit(SessionKey session) {
        return bySession.find(session.id()).map(count -> count.mailLimit).orElse(0);
    }

    /** Whether a session has a secret, and the server did not lack a way to use it when it was last connected to. */
    boolean authenticated(SessionKey session) {
        return session.identity().secret() != Secret.Kind.NONE
                && !bySession.find(session.id()).map(count -> count.unauthenticated).orElse(false);
    }

    /** The sessions that were opened, have sent, or failed. */
    public List<SessionKey> sessions() {
        return bySession.sessions();
    }

    /** The session with that id, if it is counted. */
    Optional<SessionKey> session(String id) {
        return bySession.session(id);
    }

    /** Mails accepted, of one session. */
    public long messages(SessionKey session) {
        return bySession.find(session.id()).map(count -> count.messages.sum()).orElse(0L);
    }

    /** Requests that failed, of one session. */
    public Map<Phase, Long> failures(SessionKey session) {
        return bySession.find(session.id()).map(MailCounters::failures).orElse(Map.of());
    }

    /** Mails accepted, of all sessions there ever were. */
    public long messages() {
        return total.messages.sum();
    }

    /** Requests that failed, of all sessions there ever were. */
    public Map<Phase, Long> failures() {
        return total.failures();
    }
}
