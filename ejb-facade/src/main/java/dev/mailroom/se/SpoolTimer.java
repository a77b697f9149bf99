package dev.mailroom.se;

import dev.mailroom.spool.service.Spool;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The spool's life in a container without EJBs: recovery at the start, sweeps, a graceful end. */
final class SpoolTimer {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    private final OwnThreads threads;
    private ScheduledExecutorService sweeps;
    private Spool spool;

    SpoolTimer(OwnThreads threads) {
        this.threads = threads;
    }

    synchronized void begin(Spool itsSpool, TransactionSynchronizationRegistry transactions) {
        spool = itsSpool;
        spool.begin(transactions);
        long interval = spool.settings().drain().sweep().toMillis();
        sweeps = Executors.newSingleThreadScheduledExecutor(OwnThreads.daemons());
        sweeps.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            spool.sweep();
        } catch (RuntimeException | Error e) {
            // It would be the last one; an Error as well, since the next one may need less memory.
            LOG.log(System.Logger.Level.WARNING, "MR0530 something unforeseen ended a sweep of the spool: " + e
                    + "; the next one tries again", e);
        }
    }

    synchronized void end() {
        if (sweeps != null) {
            sweeps.shutdown();
            spool.end();
        }
        threads.end();
    }
}
