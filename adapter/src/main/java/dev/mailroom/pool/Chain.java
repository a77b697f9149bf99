package dev.mailroom.pool;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** A list whose links live in its elements: adding and removing anywhere is O(1) and allocates nothing. */
final class Chain<T> implements Iterable<T> {
    private final Link<T> ends = new Link<>(null);
    private int size;

    Chain() {
        ends.before = ends;
        ends.after = ends;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The first element, or null. */
    T first() {
        return ends.after.owner;
    }

    /** The last element, or null. */
    T last() {
        return ends.before.owner;
    }

    void addLast(Link<T> link) {
        if (link.chain != null) {
            throw new IllegalStateException("already in a chain: " + link.owner);
        }
        link.chain = this;
        link.before = ends.before;
        link.after = ends;
        ends.before.after = link;
        ends.before = link;
        size++;
    }

    void remove(Link<T> link) {
        if (link.chain != this) {
            throw new IllegalStateException("not in this chain: " + link.owner);
        }
        link.before.after = link.after;
        link.after.before = link.before;
        link.chain = null;
        link.before = null;
        link.after = null;
        size--;
    }

    boolean contains(Link<T> link) {
        return link.chain == this;
    }

    /** From first to last. The element just returned may be removed from the chain. */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private Link<T> next = ends.after;

            @Override
            public boolean hasNext() {
                return next != ends;
            }

            @Override
            public T next() {
                if (next == ends) {
                    throw new NoSuchElementException();
                }
                T owner = next.owner;
                next = next.after;
                return owner;
            }
        };
    }

    /** One element's place in one chain. */
    static final class Link<T> {
        private final T owner;
        private Chain<T> chain;
        private Link<T> before;
        private Link<T> after;

        Link(T owner) {
            this.owner = owner;
        }
    }
}
