package dev.mailroom.it.spool;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Concurrent callers of a server that may die under them. Remembers what was acknowledged: recipient, identifier. */
final class Callers {
    final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final int threads;
    private ExecutorService running;

    Callers(int threads) {
        this.threads = threads;
    }

    /** Sends that many mails to recipients that begin with {@code prefix}; ends early when the server dies. */
    void begin(SpoolProcess server, String user, String prefix, int mails) {
        AtomicInteger number = new AtomicInteger();
        running = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            running.execute(() -> {
                int next = number.getAndIncrement();
                while (next < mails && send(server, user, prefix + next + "@example.org")) {
                    next = number.getAndIncrement();
                }
            });
        }
        running.shutdown();
    }

    private boolean send(SpoolProcess server, String user, String to) {
        try {
            String answer = server.get("spool?do=send&user=" + user + "&to=" + to);
            if (answer.startsWith("true ")) {
                accepted.put(to, answer.substring(5));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until so many were acknowledged since the start of this object. */
    void awaitAccepted(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        var pause = new CountDownLatch(1);
        while (accepted.size() < count && !running.isTerminated() && System.nanoTime() < end) {
            pause.await(2, TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until all callers have ended. */
    void awaitEnd() throws InterruptedException {
        if (!running.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new AssertionError("callers hang");
        }
    }
}
