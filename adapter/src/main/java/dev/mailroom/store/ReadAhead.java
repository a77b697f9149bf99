package dev.mailroom.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Mails that were read before they were asked for, because their predecessors were asked for one after the other: then
 * one round trip serves many. How many are read ahead grows as long as they are used.
 *
 * @param <T> a mail
 */
final class ReadAhead<T> {
    /** Octets that are kept. */
    static final int MOST_OCTETS = 2 << 20;
    /** Mails that are kept. */
    static final int MOST_MAILS = 64;

    private final long longestNanos;
    private final Map<Long, T> kept = new HashMap<>();
    private long keptSince;
    private int last = Integer.MIN_VALUE;
    private int many = 1;

    /** @param longest how long a mail is good that nobody has asked for */
    ReadAhead(Duration longest) {
        longestNanos = longest.toNanos();
    }

    /** The mail if it is there, once. */
    Optional<T> take(int number, long key) {
        if (!kept.isEmpty() && System.nanoTime() - keptSince > longestNanos) {
            forget();
            many = 1;
        }
        T mail = kept.remove(key);
        if (mail != null) {
            last = number;
        }
        return Optional.ofNullable(mail);
    }

    /** How many mails to read now that this one is asked for and was not there; it is one of them. */
    int begin(int number) {
        many = number == last + 1 && kept.isEmpty() ? Math.min(MOST_MAILS, 4 * many) : 1;
        last = number;
        forget();
        keptSince = System.nanoTime();
        return many;
    }

    void keep(long key, T mail) {
        kept.put(key, mail);
    }

    /** What was read ahead is good for nothing any more. */
    void forget() {
        kept.clear();
    }
}
