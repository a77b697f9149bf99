package dev.mailroom.arrival;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The right of one reader to read a mailbox. It counts from before the store was asked, by a monotonic clock, so that
 * it never lasts longer here than others think. Thread-safe.
 */
final class MailboxLease {
    private final DeliveryStore store;
    private final String mailbox;
    private final LongSupplier nanos;
    private boolean taken;
    private long since;

    MailboxLease(DeliveryStore store, String mailbox, LongSupplier nanos) {
        this.store = store;
        this.mailbox = mailbox;
        this.nanos = nanos;
    }

    /** Takes it, or extends it; false = another reader has it. */
    synchronized boolean take() throws DeliveryStoreException {
        long asked = nanos.getAsLong();
        taken = store.take(mailbox);
        since = asked;
        return taken;
    }

    /** Extends it where it is held and a third of its time has passed. */
    synchronized void extend() throws DeliveryStoreException {
        if (taken && age() > store.lease().toNanos() / 3) {
            take();
        }
    }

    /** Whether it is held for some time yet. */
    synchronized boolean held() {
        return taken && age() < store.lease().toNanos() / 10 * 9;
    }

    private long age() {
        return nanos.getAsLong() - since;
    }

    /** How soon to ask again for what another has. */
    Duration askAgain() {
        return Duration.ofNanos(Math.min(store.lease().toNanos() / 3, TimeUnit.SECONDS.toNanos(10)));
    }

    synchronized void giveBack() throws DeliveryStoreException {
        if (taken) {
            taken = false;
            store.giveBack(mailbox);
        }
    }
}
