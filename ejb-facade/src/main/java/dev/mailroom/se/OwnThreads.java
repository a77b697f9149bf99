package dev.mailroom.se;

import dev.mailroom.spool.service.SpoolThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemons, which do not keep a program from ending. */
final class OwnThreads extends SpoolThreads {
    private static final ThreadFactory DAEMONS = new ThreadFactory() {
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "mailroom-spool-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    };

    private final ExecutorService threads = Executors.newCachedThreadPool(DAEMONS);

    static ThreadFactory daemons() {
        return DAEMONS;
    }

    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            // The container is going; what waits in the spool waits for the next start.
        }
    }

    @Override
    public <T> T outside(Callable<T> work) throws Exception {
        return work.call();
    }

    void end() {
        threads.shutdown();
    }
}
