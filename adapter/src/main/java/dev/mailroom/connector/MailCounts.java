package dev.mailroom.connector;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpListener;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts mails and failures by session, whosever the pool is. A session's counts go when the pool forgets it; of those
 * that no pool reports as forgotten, the longest unused go when there are too many.
 */
public final class MailCounts implements SmtpListener {
    static final int MOST_SESSIONS = 16_384;
    private static final Phase[] PHASES = Phase.values();

    private final Map<SessionKey, Count> bySession = new ConcurrentHashMap<>();
    private final Count total = new Count();

    private static final class Count {
        final LongAdder messages = new LongAdder();
        final AtomicLongArray failures = new AtomicLongArray(PHASES.length);
        volatile long lastUsed = System.nanoTime();

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

    @Override
    public void onSent(SessionKey session, Receipt receipt, Duration took) {
        count(session).messages.increment();
        total.messages.increment();
    }

    @Override
    public void onFailed(SessionKey session, Failure failure, Duration took) {
        count(session).failures.incrementAndGet(failure.phase().ordinal());
        total.failures.incrementAndGet(failure.phase().ordinal());
    }

    @Override
    public void onSessionForgotten(SessionKey session) {
        bySession.remove(session);
    }

    private Count count(SessionKey session) {
        Count count = bySession.get(session);
        if (count == null) {
            count = bySession.computeIfAbsent(session, key -> new Count());
            forgetOldest();
        }
        count.lastUsed = System.nanoTime();
        return count;
    }

    /** A quarter at once, so that what it costs is spread over many new sessions. */
    private void forgetOldest() {
        if (bySession.size() <= MOST_SESSIONS) {
            return;
        }
        long now = System.nanoTime();
        bySession.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().lastUsed - now))
                .limit(MOST_SESSIONS / 4).map(Map.Entry::getKey).toList()
                .forEach(bySession::remove);
    }

    /** The sessions that have sent or failed. */
    Set<SessionKey> sessions() {
        return Set.copyOf(bySession.keySet());
    }

    /** Mails accepted, of one session. */
    long messages(SessionKey session) {
        Count count = bySession.get(session);
        return count == null ? 0 : count.messages.sum();
    }

    /** Requests that failed, of one session. */
    Map<Phase, Long> failures(SessionKey session) {
        Count count = bySession.get(session);
        return count == null ? Map.of() : count.failures();
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
