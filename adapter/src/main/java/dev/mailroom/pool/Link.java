package dev.mailroom.pool;

/** What can be in a {@link Chain}, in one at a time. The links are its own fields: there is nothing else to visit. */
class Link<T extends Link<T>> {
    /** Null while it is in none. */
    Chain<T> chain;
    T before;
    T after;
}
