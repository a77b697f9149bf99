package dev.mailroom.smtp;

import java.io.IOException;
import java.time.Duration;

/** Both directions of one connection. Every wait is bounded; for one thread at a time. */
public interface Wire {
    /**
     * Says whether a whole content was handed out whose reply is awaited. The server then has the time of the final
     * reply for every line and every write: it may say nothing and read nothing while it takes the mail over.
     */
    void awaitFinalReply(boolean awaited);

    /** From the next line on the server may be silent for no longer than that, whatever the settings say. */
    void limitSilence(Duration longest);

    /** Restarts the clock of the server's silence: from now on it has the full time for a whole line. */
    void expectLine();

    /**
     * Reads at least one octet, or returns -1 at the end of the stream.
     *
     * @throws java.net.SocketTimeoutException when the server was silent for so long
     * @throws java.io.InterruptedIOException when the deadline has passed or the thread was interrupted
     */
    int read(byte[] into, int offset, int length) throws IOException;

    /**
     * Writes all octets at once, without any buffer in between.
     *
     * @throws java.net.SocketTimeoutException when the server read nothing for the whole write timeout
     * @throws java.io.InterruptedIOException when the deadline has passed or the thread was interrupted
     */
    void write(byte[] from, int offset, int length) throws IOException;

    /** Octets that wait to be read, without blocking; 0 = none, as far as can be told without reading. */
    int waiting() throws IOException;
}
