package dev.mailroom.console.mailbox;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a client sends without getting an answer, which is a command, or a mail. What does not fit into the
 * bounds ends the connection with a reply that says why.
 */
final class BoundedSocket extends Socket {
    private static final int PATIENCE_MS = 5_000;

    private final MailboxBounds bounds;
    private final Refusals refusals;
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicBoolean counted = new AtomicBoolean();

    BoundedSocket(MailboxBounds bounds, Refusals refusals) {
        this.bounds = bounds;
        this.refusals = refusals;
    }

    /** This connection is one of those that the bounds count. */
    void countIn() {
        counted.set(true);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                int n = super.read(into, from, most);
                if (n > 0) {
                    count(n);
                }
                return n;
            }
        };
    }

    private void count(int more) throws IOException {
        if (!bounds.take(more)) {
            String reply = bounds.everFits(unanswered.get() + more) ? refusals.noRoom() : refusals.tooLong();
            super.getOutputStream().write(Refusals.line(reply));
            discardTheRest();
            close();
            throw new IOException("the development mailbox has no room for this mail");
        }
        unanswered.addAndGet(more);
    }

    /** A connection that is closed over unread octets is reset, and the client may never see the reply. */
    private void discardTheRest() throws IOException {
        shutdownOutput();
        setSoTimeout(PATIENCE_MS);
        long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        byte[] block = new byte[8_192];
        try {
            while (super.getInputStream().read(block) >= 0 && System.nanoTime() < deadline) {
                // Thrown away.
            }
        } catch (SocketTimeoutException e) {
            System.getLogger("dev.mailroom.console.mailbox").log(System.Logger.Level.DEBUG, "still there", e);
        }
    }

    private void answered() {
        bounds.give(unanswered.getAndSet(0));
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] from, int start, int length) throws IOException {
                answered();
                out.write(from, start, length);
            }
        };
    }

    @Override
    public synchronized void close() throws IOException {
        answered();
        if (counted.getAndSet(false)) {
            bounds.close();
        }
        super.close();
    }
}
