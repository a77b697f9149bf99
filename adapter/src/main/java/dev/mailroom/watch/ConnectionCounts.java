package dev.mailroom.watch;

import dev.mailroom.SessionKey;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a deployed resource adapter counts of its connections by session, whichever application asked for them and
 * whichever of the server's pools they are in. Thread-safe.
 */
public final class ConnectionCounts {
    /** The reason of a connection that was closed because it was no longer fit for use. */
    static final String BROKEN = "BROKEN";
    /** The reason of a connection that the server's pool closed. */
    static final String CLOSED = "CLOSED";

    private final SessionTable<ConnectionCounters> bySession =
            new SessionTable<>(ConnectionCounters::new, count -> count.open.get() == 0, session -> { });
    private final ConnectionCounters total = new ConnectionCounters();

    private static final class ConnectionCounters {
        final AtomicInteger open = new AtomicInteger();
        final AtomicInteger inUse = new AtomicInteger();
        final AtomicLong opened = new AtomicLong();
        final AtomicLong openFailures = new AtomicLong();
        final AtomicLong leases = new AtomicLong();
        final AtomicLong broken = new AtomicLong();
        final AtomicLong closed = new AtomicLong();

        ConnectionNumbers numbers() {
            return new ConnectionNumbers(open.get(), inUse.get(), opened.get(), openFailures.get(), leases.get(),
                    Map.of(BROKEN, broken.get(), CLOSED, closed.get()));
        }
    }

    /**
     * The numbers at one moment.
     *
     * @param open physical connections
     * @param inUse those that a handle stands for
     * @param opened connections opened so far
     * @param openFailures attempts that failed
     * @param leases handles given out
     * @param discarded connections closed, by reason
     */
    record ConnectionNumbers(
            int open, int inUse, long opened, long openFailures, long leases, Map<String, Long> discarded) {
        static final ConnectionNumbers NONE = new ConnectionNumbers(0, 0, 0, 0, 0, Map.of());
    }

    private enum UseState { IDLE, LENT, GONE }

    /** Counts each change once, in the session and in the total, even if it is told twice or late. */
    private final class Counted implements ConnectionUse {
        private final AtomicReference<UseState> state = new AtomicReference<>(UseState.IDLE);
        private final ConnectionCounters[] counts;

        Counted(SessionKey session) {
            counts = new ConnectionCounters[] {bySession.of(session), total};
            for (ConnectionCounters count : counts) {
                count.open.incrementAndGet();
                count.opened.incrementAndGet();
            }
        }

        @Override
        public void lent() {
            if (state.compareAndSet(UseState.IDLE, UseState.LENT)) {
                for (ConnectionCounters count : counts) {
                    count.inUse.incrementAndGet();
                    count.leases.incrementAndGet();
                }
            }
        }

        @Override
        public void back() {
            if (state.compareAndSet(UseState.LENT, UseState.IDLE)) {
                unused();
            }
        }

        private void unused() {
            for (ConnectionCounters count : counts) {
                count.inUse.decrementAndGet();
            }
        }

        @Override
        public void gone(boolean broken) {
            UseState last = state.getAndSet(UseState.GONE);
            if (last == UseState.LENT) {
                unused();
            }
            if (last != UseState.GONE) {
                for (ConnectionCounters count : counts) {
                    count.open.decrementAndGet();
                    (broken ? count.broken : count.closed).incrementAndGet();
                }
            }
        }
    }

    /** A connection was opened; the answer counts what becomes of it. */
    public ConnectionUse opened(SessionKey session) {
        return new Counted(session);
    }

    /** A connection could not be opened. */
    public void openFailed(SessionKey session) {
        bySession.of(session).openFailures.incrementAndGet();
        total.openFailures.incrementAndGet();
    }

    /** The numbers of one session, whichever application uses it. */
    ConnectionNumbers of(SessionKey session) {
        return bySession.find(session.id()).map(ConnectionCounters::numbers).orElse(ConnectionNumbers.NONE);
    }

    /** The numbers of all sessions there ever were. */
    ConnectionNumbers total() {
        return total.numbers();
    }
}
