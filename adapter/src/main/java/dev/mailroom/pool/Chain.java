package dev.mailroom.pool;

import java.util.function.Consumer;

/** A list whose links live in its elements: adding and removing anywhere is O(1) and allocates nothing. */
final class Chain<T extends Chain.Link<T>> {
    private T first;
    private T last;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The first element, or null. */
    T first() {
        return first;
    }

    /** The last element, or null. */
    T last() {
        return last;
    }

    void addLast(T element) {
        if (element.chain != null) {
            throw new IllegalStateException("already in a chain: " + element);
        }
        element.chain = this;
        element.before = last;
        if (last == null) {
            first = element;
        } else {
            last.after = element;
        }
        last = element;
        size++;
    }

    void remove(T element) {
        if (element.chain != this) {
            throw new IllegalStateException("not in this chain: " + element);
        }
        if (element.before == null) {
            first = element.after;
        } else {
            element.before.after = element.after;
        }
        if (element.after == null) {
            last = element.before;
        } else {
            element.after.before = element.before;
        }
        element.chain = null;
        element.before = null;
        element.after = null;
        size--;
    }

    boolean contains(T element) {
        return element.chain == this;
    }

    /** From first to last. The element just given may be removed from the chain. */
    void forEach(Consumer<T> action) {
        T next;
        for (T element = first; element != null; element = next) {
            next = element.after;
            action.accept(element);
        }
    }

    /** What can be in a chain, in one at a time. The links are its own fields: there is nothing else to visit. */
    static class Link<T extends Link<T>> {
        /** Null while it is in none. */
        Chain<T> chain;
        T before;
        T after;
    }
}
