package dev.mailroom.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Everything a server has seen, and waiting for more of it. Thread-safe. */
final class DialogueRecorder {
    private final List<ConnectionLog> connections = new ArrayList<>();
    private final List<ReceivedMail> mails = new ArrayList<>();
    private final boolean keepMails;
    private long accepted;
    private int open;
    private int mostOpen;

    DialogueRecorder(boolean keepMails) {
        this.keepMails = keepMails;
    }

    synchronized ConnectionLog opened() {
        ConnectionLog log = new ConnectionLog(connections.size() + 1);
        connections.add(log);
        open++;
        mostOpen = Math.max(mostOpen, open);
        notifyAll();
        return log;
    }

    synchronized void closed(ConnectionLog log) {
        log.closed();
        open--;
        notifyAll();
    }

    synchronized void received(ReceivedMail mail) {
        if (keepMails) {
            mails.add(mail);
        }
        if (mail.accepted()) {
            accepted++;
        }
        notifyAll();
    }

    synchronized List<ConnectionLog> connections() {
        return List.copyOf(connections);
    }

    synchronized List<ReceivedMail> mails() {
        return List.copyOf(mails);
    }

    synchronized long accepted() {
        return accepted;
    }

    synchronized int open() {
        return open;
    }

    synchronized int mostOpen() {
        return mostOpen;
    }

    synchronized void await(String what, BooleanSupplier reached, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (!reached.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("after " + longest + " still not " + what + "; seen: " + this);
            }
            try {
                // The wake-ups cover all that is counted here; the short limit is for what other objects count.
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, 20_000_000L) + 1_000_000L);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    @Override
    public synchronized String toString() {
        return accepted + " mails accepted, " + connections.size() + " connections, " + open + " open";
    }
}
