package dev.mailroom.benchmark;

import java.io.IOException;

/**
 * A mail client in a process of its own, started before or when it is first opened and ended by {@link #close}. It is
 * opened, sends any number of times, and is shut, for one scenario after the other. For one thread.
 */
public interface Contender extends AutoCloseable {
    /** As the report calls it; unique. */
    String name();

    /** The settings it was given beyond the task itself, in a few words; empty = none. */
    String settings();

    /** Whether it has a way to do that. */
    boolean can(Scenario scenario);

    /** How many times the usual warm-up it needs, if it was not warmed up yet. */
    default int warmUps() {
        return 1;
    }

    /**
     * Gets ready: afterwards, connections that will be kept are open, and the process runs on the cores that the
     * scenario allows (see {@link Cores}).
     */
    void open(Scenario scenario, Target target) throws IOException;

    /**
     * Sends that many mails, by the scenario's senders at once, and returns when the last has been accepted.
     *
     * @param mails the scenario's number of senders or more
     * @throws IOException if one was not accepted
     */
    Work send(int mails) throws IOException;

    /** Closes all connections. Does nothing if it is not open. */
    void shut() throws IOException;

    /** Ends the process, whatever state it is in. Never throws. */
    @Override
    void close();
}
