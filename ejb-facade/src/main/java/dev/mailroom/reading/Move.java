package dev.mailroom.reading;

/** Where a position goes. */
public enum Move {
    /** To the first mail that is there. */
    FIRST,
    /** To the next; before the first, to the first. */
    NEXT,
    /** To the one before; behind the last, to the last. */
    PREVIOUS,
    /** To the last mail that is there. */
    LAST
}
