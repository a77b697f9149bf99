package dev.mailroom.arrival;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.ListenedMailbox;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.SetAsideMail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Reads one mailbox for its listener until it is told to stop. Whatever goes wrong is tried again, later each time; no
 * other mailbox is concerned. {@link #run} blocks its thread for all that time; the rest is thread-safe.
 */
public final class MailboxReader implements Runnable, ListenedMailbox {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final NamedMailbox mailbox;
    private final DeliveryStore store;
    private final ArrivalSource.SourceOpener opener;
    private final MailboxLease lease;
    private final ArrivalLog log;
    private final ArrivalCounts counts = new ArrivalCounts();
    private final Deliveries deliveries;
    private final Object pauses = new Object();
    /** Guarded by pauses. */
    private Thread thread;
    /** Whether the thread may be interrupted without harm. Guarded by pauses. */
    private boolean idle;
    /** Guarded by pauses. */
    private boolean looked;
    private volatile boolean stopping;

    /** One that takes connections from there. */
    public static MailboxReader of(NamedMailbox mailbox, ReceivingConnectionFactory connections, DeliveryStore store,
            MailDelivery listener) {
        return new MailboxReader(mailbox, () -> mailbox.settings().protocol() == MailProtocol.POP3
                ? new Pop3Source(connections.getConnection(mailbox.settings()), mailbox)
                : new ImapSource(connections.getConnection(mailbox.settings()), mailbox), store, listener,
                System::nanoTime);
    }

    MailboxReader(NamedMailbox mailbox, ArrivalSource.SourceOpener opener, DeliveryStore store, MailDelivery listener,
            LongSupplier nanos) {
        this.mailbox = mailbox;
        this.store = store;
        this.opener = opener;
        this.lease = new MailboxLease(store, place(), nanos);
        this.log = new ArrivalLog(mailbox.name());
        this.deliveries = new Deliveries(mailbox, place(), store, listener, counts, log,
                () -> !stopping && lease.held(), nanos);
    }

    @Override
    public void run() {
        synchronized (pauses) {
            thread = Thread.currentThread();
        }
        int troubles = 0;
        try {
            while (!stopping) {
                try {
                    boolean mine = lease.take();
                    log.elsewhere(!mine);
                    if (mine) {
                        read();
                        troubles = 0;
                    } else {
                        counts.state(ReadingState.ELSEWHERE);
                        pause(lease.askAgain());
                    }
                } catch (InterruptedException e) {
                    // Only stop() ends it; a listener may have left its thread interrupted.
                    counts.state(ReadingState.WAITING);
                } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
                    if (!stopping) {
                        troubled(e, troubles++);
                    }
                }
            }
        } finally {
            ended();
        }
    }

    private void troubled(Throwable failure, int before) {
        String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        counts.troubled(why);
        log.troubled(why, failure instanceof SmtpException ? null : failure);
        long wait = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(before, 10));
        try {
            // Half of it is chance, so that not all of a server's mailboxes come at once.
            pause(Duration.ofMillis(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1)));
        } catch (InterruptedException e) {
            // Then it is tried again at once.
            counts.state(ReadingState.READING);
        }
    }

    private void ended() {
        counts.state(ReadingState.STOPPED);
        synchronized (pauses) {
            thread = null;
            pauses.notifyAll();
        }
        // The store must hear of it even where the thread was interrupted.
        boolean interrupted = Thread.interrupted();
        try {
            lease.giveBack();
        } catch (DeliveryStoreException e) {
            log.troubled("it could not be given back, and will be free in " + store.lease() + ": " + e.getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** On one connection, until nothing can be done on it any more. */
    private void read() throws Exception {
        counts.state(ReadingState.READING);
        ArrivalSource source = opener.open();
        boolean whole = false;
        boolean more;
        boolean stays;
        try {
            do {
                counts.state(ReadingState.READING);
                more = deliveries.pass(source);
                works();
                stays = source.settle();
                if (stays) {
                    deliveries.settled();
                }
            } while (stays && !stopping && lease.held() && (more || awaitNews(source)));
            source.end();
            deliveries.settled();
            whole = true;
        } finally {
            if (!whole) {
                source.abandon();
            }
        }
        if (!more && !stopping && lease.held()) {
            pause(waitTime());
        }
    }

    private void works() {
        counts.works();
        log.works();
    }

    /** False = the connection is to be given up. */
    private boolean awaitNews(ArrivalSource source) throws Exception {
        boolean told;
        beginPause();
        try {
            told = source.await(waitTime());
        } finally {
            endPause();
        }
        if (!told && !stopping) {
            pause(waitTime());
        }
        return !stopping && lease.take();
    }

    private Duration waitTime() {
        return deliveries.nextLook(mailbox.arrival().interval());
    }

    private void beginPause() throws InterruptedException {
        synchronized (pauses) {
            if (stopping) {
                throw new InterruptedException("the reader is being stopped");
            }
            idle = true;
            counts.state(ReadingState.WAITING);
        }
    }

    private void endPause() {
        synchronized (pauses) {
            idle = false;
            // It was meant for the wait.
            Thread.interrupted();
        }
    }

    private void pause(Duration time) throws InterruptedException {
        synchronized (pauses) {
            if (counts.state() == ReadingState.READING) {
                counts.state(ReadingState.WAITING);
            }
            long end = System.nanoTime() + time.toNanos();
            long left = time.toNanos();
            while (!stopping && !looked && left > 0) {
                pauses.wait(Math.max(1, left / 1_000_000));
                left = end - System.nanoTime();
            }
            looked = false;
        }
    }

    /** Extends the right to read where it is held; to be called often, whatever the reader does. Never throws. */
    public void extend() {
        try {
            lease.extend();
        } catch (DeliveryStoreException e) {
            // The reader itself asks before it goes on, and says what is wrong.
            System.getLogger("dev.mailroom.receiving").log(System.Logger.Level.DEBUG, "no extension", e);
        }
    }

    /** How often {@link #extend} is to be called. */
    public Duration extendEvery() {
        return store.lease().dividedBy(4);
    }

    /** Tells it to stop: after the mail that is just being handled. Does not wait. */
    public void stop() {
        synchronized (pauses) {
            stopping = true;
            if (idle && thread != null) {
                thread.interrupt();
            }
            pauses.notifyAll();
        }
    }

    /**
     * Waits for its end, and interrupts what is still running when the time is over.
     *
     * @return whether it has ended
     */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        synchronized (pauses) {
            long end = System.nanoTime() + longest.toNanos();
            while (thread != null && end - System.nanoTime() > 0) {
                pauses.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
            if (thread != null) {
                thread.interrupt();
            }
            return thread == null;
        }
    }

    @Override
    public String name() {
        return mailbox.name();
    }

    @Override
    public String place() {
        var server = mailbox.settings().server();
        return server.user() + " at " + server.host() + ":" + server.port() + " " + mailbox.settings().protocol() + " "
                + mailbox.settings().folder();
    }

    @Override
    public ReadingState state() {
        return counts.state();
    }

    @Override
    public String trouble() {
        return counts.trouble();
    }

    @Override
    public long handled() {
        return counts.handled();
    }

    @Override
    public long failures() {
        return counts.failures();
    }

    @Override
    public long deadLetters() {
        return counts.deadLetters();
    }

    @Override
    public List<SetAsideMail> setAside() {
        try {
            return store.setAside(place());
        } catch (DeliveryStoreException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public boolean deliverAgain(String identifier) {
        try {
            boolean aside = setAside().stream().anyMatch(mail -> mail.identifier().equals(identifier));
            boolean again = aside && store.forget(place(), identifier);
            if (again) {
                look();
            }
            return again;
        } catch (DeliveryStoreException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void look() {
        synchronized (pauses) {
            looked = true;
            pauses.notifyAll();
        }
    }
}
