package dev.mailroom.pool;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A list whose links live in its elements: adding and removing anywhere is O(1) and allocates nothing. It is a ring;
 * the chain itself is the link between last and first.
 */
final class Chain<T> extends Link<T> implements Iterable<T> {
    private int size;

    Chain() {
        super(null);
        before = this;
        after = this;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The first element, or null. */
    T first() {
        return after.owner;
    }

    /** The last element, or null. */
    T last() {
        return before.owner;
    }

    void addLast(Link<T> link) {
        if (link.chain != null) {
            throw new IllegalStateException("already in a chain: " + link.owner);
        }
        link.chain = this;
        link.before = before;
        link.after = this;
        before.after = link;
        before = link;
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
            private Link<T> next = after;

            @Override
            public boolean hasNext() {
                return next != Chain.this;
            }

            @Override
            public T next() {
                if (next == Chain.this) {
                    throw new NoSuchElementException();
                }
                T owner = next.owner;
                next = next.after;
                return owner;
            }
        };
    }
}
