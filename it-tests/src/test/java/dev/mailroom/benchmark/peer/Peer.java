package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;

/** A mail client. Opened and shut by one thread; in between each sender calls from a thread of its own. */
public interface Peer {
    /** Gets ready to send; connections that will be kept may be opened here or with the first mails. */
    void open(Scenario scenario, Target target) throws Exception;

    /**
     * Sends that many mails and returns when all are accepted.
     *
     * @param sender from 0
     * @throws Exception if one was not accepted
     */
    void send(int sender, int mails) throws Exception;

    /**
     * Closes all connections and stays ready, so that it can be told what they have cost. Only for clients whose idle
     * connections are measured.
     */
    default void hangUp() throws Exception {
        throw new UnsupportedOperationException(getClass() + " is not asked for its idle connections");
    }

    /** Closes all connections. */
    void shut() throws Exception;
}
