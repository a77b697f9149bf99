package dev.mailroom.spool.service;

import dev.mailroom.SmtpPool;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ties the spool to the life of the application: recovery at the start, a timer, a graceful end. Hands it what the
 * container injects into EJBs on every server, and into CDI beans of a library not on all of them.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SpoolLifecycle {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.spool");

    @Inject
    private Spool spool;
    @Inject
    private SmtpPool pool;
    /** Runs with a monotonic clock; EJB timers stand still until a clock that was set back has caught up. */
    @Resource
    private ManagedScheduledExecutorService timer;
    private ScheduledFuture<?> sweeps;
    @Resource
    private TransactionSynchronizationRegistry transactions;

    @PostConstruct
    void begin() {
        spool.begin(transactions);
        long interval = spool.settings().drain().sweep().toMillis();
        sweeps = timer.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            spool.sweep();
        } catch (RuntimeException | Error e) {
            // It would be the last one; an Error as well, since the next one may need less memory.
            LOG.log(System.Logger.Level.WARNING,
                    "MR0507 something unforeseen ended a sweep of the spool: " + e + "; the next one tries again", e);
        }
    }

    @PreDestroy
    void end() {
        // The spool's grace and the pool's run side by side: a stop takes the longer of the two, not both.
        pool.beginClosing();
        sweeps.cancel(false);
        spool.end();
    }
}
