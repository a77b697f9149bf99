package dev.mailroom.secret;

import java.time.Duration;

/**
 * Where a session's access tokens come from. It is asked once for each new connection, never for a mail, in the thread
 * that needs the connection, and before anything is opened. It keeps a token for as long as that is valid: what it
 * returns is not remembered for it. Called by many threads at once.
 */
@FunctionalInterface
public interface TokenSupplier {
    /**
     * A token that the mail server accepts now.
     *
     * @param patience how long the caller can wait; greater than zero
     * @throws TokenException when there is none; its message is shown to people
     */
    AccessToken token(Duration patience) throws TokenException;

    /**
     * The mail server has refused this token, which the supplier had returned before as well, so that it may have kept
     * it for too long. Not told of a token that was refused when it was new.
     *
     * @return whether another token is worth one more attempt, at once and on a new connection
     */
    default boolean refused(AccessToken token) {
        return false;
    }
}
