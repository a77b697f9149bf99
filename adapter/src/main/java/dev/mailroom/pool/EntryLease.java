package dev.mailroom.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** One lease of one entry. A new object each time, so that an old one cannot end a later lease of the same entry. */
final class EntryLease<K, R> extends Chain.Link<EntryLease<K, R>> implements Lease<R> {
    final Entry<K, R> entry;
    final long since;
    boolean leakReported;
    volatile boolean ended;

    private final Checkout<K, R, ?> checkout;
    private final String thread;
    private final Throwable stack;

    EntryLease(Checkout<K, R, ?> checkout, Entry<K, R> entry, long since, Throwable stack) {
        this.checkout = checkout;
        this.entry = entry;
        this.since = since;
        this.stack = stack;
        // The name, not the thread: a lease that leaks must not keep an application's thread and class loader alive.
        this.thread = Thread.currentThread().getName();
    }

    @Override
    public R resource() {
        if (ended) {
            throw new IllegalStateException("this lease of " + entry.partition.key + " has ended");
        }
        return entry.resource;
    }

    @Override
    public void release() {
        checkout.end(this, null);
    }

    @Override
    public void discard(DiscardReason reason) {
        checkout.end(this, Objects.requireNonNull(reason, "reason"));
    }

    Holder holder(long now) {
        return new Holder(String.valueOf(entry.partition.key), thread, Duration.ofNanos(now - since),
                stack == null ? List.of() : List.of(stack.getStackTrace()));
    }
}
