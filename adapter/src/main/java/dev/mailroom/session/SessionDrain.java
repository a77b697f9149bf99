package dev.mailroom.session;

import dev.mailroom.SessionKey;

/** Ends the pooled connections of an identity that no session uses any more. */
@FunctionalInterface
public interface SessionDrain {
    /** Closes what is idle now and what is in use when it comes back. Does not block. */
    void drain(SessionKey identity);
}
