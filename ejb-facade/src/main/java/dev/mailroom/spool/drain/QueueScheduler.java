package dev.mailroom.spool.drain;

import dev.mailroom.spool.SpoolQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides which queue gets the next turn: round robin over the queues that have mail, at most so many turns at once,
 * and only half of them for queues whose server failed or was slow last time. The last quarter is kept for queues that
 * have proved quick, and for more than one server; a server of which nothing is known yet gets a quarter, however many
 * sessions it has, since one that accepts connections and then says nothing is found out only after minutes. A queue
 * gets more than one turn at once only after its server has proved quick. Thread-safe.
 */
final class QueueScheduler {
    private final int maxParallel;
    private final int maxPerQueue;
    private final Function<SpoolQueue, String> servers;
    private final Deque<SpoolQueue> waiting = new ArrayDeque<>();
    private final Map<SpoolQueue, Integer> active = new HashMap<>();
    private final Set<SpoolQueue> again = new HashSet<>();
    private final Set<SpoolQueue> suspects = new HashSet<>();
    private final Set<SpoolQueue> quick = new HashSet<>();
    /** Queues that were answered quickly when they were last heard, by their servers; and the other way round. */
    private final Map<SpoolQueue, String> proven = new HashMap<>();
    private final Map<String, Set<SpoolQueue>> provenServers = new HashMap<>();
    /** Where each running turn sends to: a session may be given another server meanwhile. */
    private final Map<SpoolQueue, String> serversNow = new HashMap<>();
    private int workers;
    private boolean stopped;

    /** Each queue has a server of its own. */
    QueueScheduler(int maxParallel, int maxPerQueue) {
        this(maxParallel, maxPerQueue, SpoolQueue::key);
    }

    /** @param servers names the server of a queue; must not block */
    QueueScheduler(int maxParallel, int maxPerQueue, Function<SpoolQueue, String> servers) {
        this.maxParallel = maxParallel;
        this.maxPerQueue = maxPerQueue;
        this.servers = servers;
    }

    /**
     * A queue has mail.
     *
     * @param backlog whether a turn that is already running cannot be expected to send it soon, so that another
     *        connection would help
     * @return whether the caller must start a worker, which then calls {@link #take} until it yields nothing
     */
    synchronized boolean offer(SpoolQueue queue, boolean backlog) {
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
    synchronized Optional<SpoolQueue> take() {
        Iterator<SpoolQueue> queues = waiting.iterator();
        while (!stopped && queues.hasNext()) {
            SpoolQueue queue = queues.next();
            String server = serversNow.getOrDefault(queue, servers.apply(queue));
            if (active.getOrDefault(queue, 0) < limit(queue) && roomFor(queue) && roomAt(server)) {
                queues.remove();
                active.merge(queue, 1, Integer::sum);
                serversNow.put(queue, server);
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
    synchronized void done(SpoolQueue queue, boolean more, boolean works) {
        active.computeIfPresent(queue, (key, count) -> count == 1 ? null : count - 1);
        if (!works) {
            provenServers.remove(serversNow.get(queue));
        }
        if (!active.containsKey(queue)) {
            serversNow.remove(queue);
        }
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
    synchronized void quick(SpoolQueue queue) {
        suspects.remove(queue);
        quick.add(queue);
        unprove(queue);
        String server = serversNow.getOrDefault(queue, servers.apply(queue));
        proven.put(queue, server);
        provenServers.computeIfAbsent(server, any -> new HashSet<>()).add(queue);
    }

    /** A server is proven as long as one of its queues says so. */
    private void unprove(SpoolQueue queue) {
        String server = proven.remove(queue);
        provenServers.computeIfPresent(server, (name, queues) -> {
            queues.remove(queue);
            return queues.isEmpty() ? null : queues;
        });
    }

    /** The server of a queue answers slowly. */
    synchronized void slow(SpoolQueue queue) {
        quick.remove(queue);
        unprove(queue);
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

    private int limit(SpoolQueue queue) {
        return quick.contains(queue) ? maxPerQueue : 1;
    }

    private boolean roomFor(SpoolQueue queue) {
        if (proven.containsKey(queue)) {
            return true;
        }
        long suspicious = active.keySet().stream().filter(suspects::contains).count();
        return turns(other -> !proven.containsKey(other)) < maxParallel - reserve()
                && (!suspects.contains(queue) || suspicious < Math.max(1, maxParallel / 2));
    }

    private boolean roomAt(String server) {
        int most = provenServers.containsKey(server) ? maxParallel - reserve() : Math.max(1, reserve());
        return turns(other -> server.equals(serversNow.get(other))) < most;
    }

    private int turns(Predicate<SpoolQueue> which) {
        return active.entrySet().stream().filter(one -> which.test(one.getKey())).mapToInt(Map.Entry::getValue).sum();
    }

    private int reserve() {
        return maxParallel / 4;
    }

    /** Nothing needs to be remembered of a queue that nobody sends with any more. */
    synchronized void forget(SpoolQueue queue) {
        if (!active.containsKey(queue)) {
            suspects.remove(queue);
            unprove(queue);
        }
    }
}
