package dev.mailroom.benchmark.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** As many threads as there are senders; they live as long as this, so that what they allocate can be counted. */
final class Senders {
    private final int number;
    private final ExecutorService threads;

    /** What one of them does. */
    interface Share {
        void send(int sender, int mails) throws Exception;
    }

    Senders(int number) {
        this.number = number;
        this.threads = Executors.newFixedThreadPool(Math.max(1, number));
    }

    /** Divides the mails among all and waits for the last; fails as the first that failed. */
    void run(Share share, int mails) throws Exception {
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            int sender = i;
            int own = mails / number + (i < mails % number ? 1 : 0);
            shares.add(() -> {
                share.send(sender, own);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(shares)) {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    void end() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(5, TimeUnit.SECONDS);
    }
}
