package dev.mailroom.pool;

/** One element's place in one {@link Chain}. */
class Link<T> {
    final T owner;

    /** Null while it is in none. */
    Chain<T> chain;
    Link<T> before;
    Link<T> after;

    Link(T owner) {
        this.owner = owner;
    }
}
