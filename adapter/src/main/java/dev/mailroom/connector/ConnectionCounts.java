package dev.mailroom.connector;

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

    private final SessionTable<Count> bySession =
            new SessionTable<>(Count::new, count -> count.open.get() == 0, session -> { });
    private final Count total = new Count();

    private static final class Count {
        final AtomicInteger open = new AtomicInteger();
        final AtomicInteger inUse = new AtomicInteger();
        final AtomicLong opened = new AtomicLong();
        final AtomicLong openFailures = new AtomicLong();
        final AtomicLong leases = new AtomicLong();
        final AtomicLong broken = new AtomicLong();
        final AtomicLong closed = new AtomicLong();

        Numbers numbers() {
            return new Numbers(open.get(), inUse.get(), opened.get(), openFailures.get(), leases.get(),
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
    record Numbers(int open, int inUse, long opened, long openFailures, long leases, Map<String, Long> discarded) {
        static final Numbers NONE = new Numbers(0, 0, 0, 0, 0, Map.of());
    }

    private enum State { IDLE, LENT, GONE }

    /** Counted once each, in the session and in the total, whatever is told twice or late. */
    private final class Counted implements ConnectionUse {
        private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
        private final Count[] counts;

        Counted(SessionKey session) {
            counts = new Count[] {bySession.of(session), total};
            for (Count count : counts) {
                count.open.incrementAndGet();
                count.opened.incrementAndGet();
            }
        }

        @Override
        public void lent() {
            if (state.compareAndSet(State.IDLE, State.LENT)) {
                for (Count count : counts) {
                    count.inUse.incrementAndGet();
                    count.leases.incrementAndGet();
                }
            }
        }

        @Override
        public void back() {
            if (state.compareAndSet(State.LENT, State.IDLE)) {
                unused();
            }
        }

        private void unused() {
            for (Count count : counts) {
                count.inUse.decrementAndGet();
            }
        }

        @Override
        public void gone(boolean broken) {
            State last = state.getAndSet(State.GONE);
            if (last == State.LENT) {
                unused();
            }
            if (last != State.GONE) {
                for (Count count : counts) {
                    count.open.decrementAndGet();
                    (broken ? count.broken : count.closed).incrementAndGet();
                }
            }
        }
    }

    /** A connection was opened; the answer counts what becomes of it. */
    ConnectionUse opened(SessionKey session) {
        return new Counted(session);
    }

    /** A connection could not be opened. */
    void openFailed(SessionKey session) {
        bySession.of(session).openFailures.incrementAndGet();
        total.openFailures.incrementAndGet();
    }

    /** The numbers of one session, whichever application uses it. */
    Numbers of(SessionKey session) {
        return bySession.find(session.id()).map(Count::numbers).orElse(Numbers.NONE);
    }

    /** The numbers of all sessions there ever were. */
    Numbers total() {
        return total.numbers();
    }
}
