package dev.mailroom.benchmark.receiving;

import java.io.IOException;
import java.io.OutputStream;

/** A library that reads a mailbox. */
interface MailboxReader extends AutoCloseable {
    /** What it is called in the tables. */
    String name();

    /** Its settings, beyond what the task itself says. */
    String settings();

    /** Opens the inbox. */
    void open(boolean pop3, int port, String user) throws Exception;

    /** Reads subject, size and identifier of every mail; how many came. */
    int headers() throws Exception;

    /** Reads every mail, one after the other, into that; how many came. */
    int read(OutputStream to) throws Exception;

    @Override
    void close() throws IOException;
}
