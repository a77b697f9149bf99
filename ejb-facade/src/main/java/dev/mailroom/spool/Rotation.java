package dev.mailroom.spool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which queue gets the next turn: round robin over the queues that have mail, at most so many turns at once,
 * and only half of them for queues whose server failed or was slow last time, so that such servers cannot take every
 * place while they are waited for. A queue gets more than one turn at once only after its server has proved quick: what
 * waits for a dead or slow server is one place. Thread-safe.
 */
final class Rotation {
    private final int maxParallel;
    private final int maxPerQueue;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Map<String, Integer> active = new HashMap<>();
    private final Set<String> again = new HashSet<>();
    private final Set<String> suspects = new HashSet<>();
    private final Set<String> quick = new HashSet<>();
    private int workers;
    private boolean stopped;

    Rotation(int maxParallel, int maxPerQueue) {
        this.maxParallel = maxParallel;
        this.maxPerQueue = maxPerQueue;
    }

    /**
     * A queue has mail.
     *
     * @param backlog whether a turn that is already running cannot be expected to send it soon, so that another
     *        connection would help
     * @return whether the caller must start a worker, which then calls {@link #take} until it yields nothing
     */
    synchronized boolean offer(String queue, boolean backlog) {
        if (stopped) {
            return false;
        }
        if (active.getOrDefault(queue, 0) >= (backlog ? limit(queue) : 1)) {
            again.add(queue);
            return false;
        }
        if (!waiting.contains(queue)) {
            waiting.add(queue);
        }
        if (workers < maxParallel) {
            workers++;
            return true;
        }
        return false;
    }

    /** A worker that was announced could not be started, or died: its place is free. */
    synchronized void lost() {
        workers--;
        notifyAll();
    }

    /** The next queue to serve; to be followed by {@link #done}. Empty = the worker must end. */
    synchronized Optional<String> take() {
        Iterator<String> queues = waiting.iterator();
        while (!stopped && queues.hasNext()) {
            String queue = queues.next();
            if (active.getOrDefault(queue, 0) < limit(queue) && (!suspects.contains(queue) || roomForSuspects())) {
                queues.remove();
                active.merge(queue, 1, Integer::sum);
                return Optional.of(queue);
            }
        }
        workers--;
        notifyAll();
        return Optional.empty();
    }

    /**
     * A turn is over.
     *
     * @param more whether the queue has more mail that is due
     * @param works whether its server was reached and not slow, or not asked
     */
    synchronized void done(String queue, boolean more, boolean works) {
        active.computeIfPresent(queue, (key, count) -> count == 1 ? null : count - 1);
        if (works) {
            suspects.remove(queue);
        } else {
            slow(queue);
        }
        boolean asked = again.remove(queue);
        if ((more || asked) && !waiting.contains(queue)) {
            waiting.add(queue);
        } else if (!active.containsKey(queue)) {
            quick.remove(queue);
        }
    }

    /** The server of a queue that has a turn answers quickly: the queue may have more turns at once. */
    synchronized void quick(String queue) {
        suspects.remove(queue);
        quick.add(queue);
    }

    /** The server of a queue lets us wait. */
    synchronized void slow(String queue) {
        quick.remove(queue);
        suspects.add(queue);
    }

    /** Whether a turn should end because others wait for its place. */
    synchronized boolean crowded() {
        return stopped || workers >= maxParallel && !waiting.isEmpty();
    }

    /** No queue gets another turn. */
    synchronized void stop() {
        stopped = true;
        waiting.clear();
        again.clear();
    }

    /** Whether {@link #stop} was called. */
    synchronized boolean stopped() {
        return stopped;
    }

    /** Waits until all workers have ended, at most that long. True = they have. */
    synchronized boolean awaitEnd(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (workers > 0) {
            long left = (end - System.nanoTime()) / 1_000_000L;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private int limit(String queue) {
        return quick.contains(queue) ? maxPerQueue : 1;
    }

    private boolean roomForSuspects() {
        long busy = active.keySet().stream().filter(suspects::contains).count();
        return busy < Math.max(1, maxParallel / 2);
    }
}
