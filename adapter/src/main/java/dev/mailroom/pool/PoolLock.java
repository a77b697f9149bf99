package dev.mailroom.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The pool's lock, and what was decided under it but is to be done after it: whom to wake, what to close. */
final class PoolLock<K, R> {
    private final ReentrantLock lock = new ReentrantLock();
    private List<Entry<K, R>> toClose = new ArrayList<>();
    private Waiter<K, R> toWake;

    void lock() {
        lock.lock();
    }

    /** It is closed once the lock is free. */
    void close(Entry<K, R> entry) {
        toClose.add(entry);
    }

    /** Its thread goes on once the lock is free. */
    void wake(Waiter<K, R> waiter) {
        waiter.next = toWake;
        toWake = waiter;
    }

    /** Lets go of the lock and wakes those whose wait is over. What is returned must now be closed by the caller. */
    List<Entry<K, R>> unlock() {
        List<Entry<K, R>> close = List.of();
        if (!toClose.isEmpty()) {
            close = toClose;
            toClose = new ArrayList<>();
        }
        Waiter<K, R> wake = toWake;
        toWake = null;
        lock.unlock();
        while (wake != null) {
            Waiter<K, R> next = wake.next;
            LockSupport.unpark(wake.thread);
            wake = next;
        }
        return close;
    }
}
