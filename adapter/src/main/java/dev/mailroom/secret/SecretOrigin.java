package dev.mailroom.secret;

import java.time.Duration;

/** Where a secret comes from that may change while it is in use. Thread-safe. */
public interface SecretOrigin {
    /** Tells it from every other; not a secret. */
    String name();

    /**
     * What is to be shown to a server now, for a new connection.
     *
     * @throws TokenException when there is nothing to show
     */
    String current(Duration patience) throws TokenException;

    /** What was current last; empty = nothing was yet. Does not wait for anybody. */
    String known();

    /**
     * The server has refused a value.
     *
     * @param before whether the value had been current before this connection was opened
     * @return whether another value is worth one more attempt
     */
    boolean refused(String value, boolean before);

    /** How often connections that were opened with an earlier value became unwanted; the same where they stay good. */
    default int generation() {
        return 0;
    }

    /** Keeps another value from now on; false = it cannot. */
    default boolean replace(String value) {
        return false;
    }

    /** Looks now whether the value has changed, which it has if the answer is true. */
    default boolean look() {
        return false;
    }
}
