package dev.mailroom.pool;

import java.util.TreeSet;

/**
 * Knows the longest idle of all keys. An entry keeps its place while it is lent and is put right only when it comes to
 * the front: so lending and taking back touch no other key's entries, which are rarely in the processor's caches.
 * Finding the longest idle is O(log n) for each entry lent since it was last put right. Guarded by the pool's lock.
 */
final class IdleOrder<K, R> {
    private final TreeSet<Entry<K, R>> places = new TreeSet<>((a, b) -> Long.compare(a.place, b.place));
    private long shelvings;
    private int size;

    /** How many are idle. */
    int size() {
        return size;
    }

    /** It is idle from now on. */
    void add(Entry<K, R> entry) {
        entry.partition.idle.addLast(entry);
        size++;
        entry.shelved = ++shelvings;
        if (entry.place == 0) {
            place(entry);
        }
    }

    /** It is no longer idle. */
    void remove(Entry<K, R> entry) {
        entry.partition.idle.remove(entry);
        size--;
    }

    /** The longest idle, or null if nothing is. */
    Entry<K, R> first() {
        while (size > 0) {
            Entry<K, R> first = places.first();
            if (first.isIdle() && first.place == first.shelved) {
                return first;
            }
            forget(first);
            if (first.isIdle()) {
                place(first);
            }
        }
        return null;
    }

    /** The entry will not become idle again. */
    void forget(Entry<K, R> entry) {
        if (entry.place != 0) {
            places.remove(entry);
            entry.place = 0;
        }
    }

    private void place(Entry<K, R> entry) {
        entry.place = entry.shelved;
        places.add(entry);
    }
}
