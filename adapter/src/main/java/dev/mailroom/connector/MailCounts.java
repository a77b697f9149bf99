package dev.mailroom.connector;

import dev.mailroom.Caller;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts mails and failures by session, whosever the pool is. A session's counts go when the pool forgets it; of those
 * that no pool reports as forgotten, the longest unused go when there are too many.
 */
public final class MailCounts implements SmtpListener {
    private static final Phase[] PHASES = Phase.values();

    private final SessionTable<Count> bySession;
    private final Count total = new Count();

    private static final class Count {
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

    /** Counts for nobody in particular. */
    public MailCounts() {
        this(session -> { });
    }

    /** Tells of each session that is counted for the first time, or no longer because there are too many. */
    public MailCounts(Consumer<SessionKey> changed) {
        bySession = new SessionTable<>(Count::new, count -> true, changed);
    }

    @Override
    public void onSessionOpened(SessionKey session, Caller caller) {
        bySession.of(session);
    }

    @Override
    public void onSent(SessionKey session, Receipt receipt, Duration took) {
        bySession.of(session).messages.increment();
        total.messages.increment();
    }

    @Override
    public void onFailed(SessionKey session, Failure failure, Duration took) {
        bySession.of(session).failures.incrementAndGet(failure.phase().ordinal());
        total.failures.incrementAndGet(failure.phase().ordinal());
    }

    @Override
    public void onSessionForgotten(SessionKey session) {
        bySession.remove(session);
    }

    /** The sessions that were opened, have sent, or failed. */
    List<SessionKey> sessions() {
        return bySession.sessions();
    }

    /** The session with that id, if it is counted. */
    Optional<SessionKey> session(String id) {
        return bySession.session(id);
    }

    /** Mails accepted, of one session. */
    long messages(SessionKey session) {
        return bySession.find(session.id()).map(count -> count.messages.sum()).orElse(0L);
    }

    /** Requests that failed, of one session. */
    Map<Phase, Long> failures(SessionKey session) {
        return bySession.find(session.id()).map(Count::failures).orElse(Map.of());
    }

    /** Mails accepted, of all sessions there ever were. */
    long messages() {
        return total.messages.sum();
    }

    /** Requests that failed, of all sessions there ever were. */
    Map<Phase, Long> failures() {
        return total.failures();
    }
}
