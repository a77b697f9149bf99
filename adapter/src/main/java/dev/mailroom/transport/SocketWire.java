package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.smtp.ServerAddress;
import dev.mailroom.smtp.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/**
 * A TCP connection, with or without TLS on top. The watchdog closes the channel under a read or write that takes too
 * long: that needs no timer per read and also ends a write that is stuck inside TLS.
 */
final class SocketWire implements Wire, AutoCloseable {
    private static final String SEND = "send";

    private final SocketChannel channel;
    private final ServerAddress peer;
    private final Watchdog.Guard guard;
    private volatile TimeoutSettings timeouts;
    private final InputStream below;
    private InputStream in;
    private OutputStream out;
    private boolean secured;
    private boolean heard;
    private int room;
    private Deadline deadline = Deadline.NEVER;
    private String whole = SEND;
    private Deadline greeting = Deadline.NEVER;
    private boolean finalReplyAwaited;
    private Duration longestSilence = Duration.ofMillis(Long.MAX_VALUE);
    private long silenceEnds;

    SocketWire(SocketChannel channel, ServerAddress peer, TimeoutSettings timeouts, Watchdog watchdog)
            throws IOException {
        this.channel = channel;
        this.peer = peer;
        this.timeouts = timeouts;
        this.below = channel.socket().getInputStream();
        this.in = below;
        this.out = channel.socket().getOutputStream();
        this.guard = watchdog.watch(this::closeChannel);
        expectLine();
    }

    /** From the next read or write on. */
    void use(TimeoutSettings other) {
        timeouts = other;
    }

    /** Bounds everything that follows. */
    void bound(Deadline end) {
        deadline = end;
    }

    /** What the deadline bounds, as messages say it; unless told otherwise a send. */
    void bounds(String words) {
        whole = words;
    }

    /** From now on to the end of the greeting there is no more time than that. */
    void awaitGreeting() {
        greeting = Deadline.after(timeouts.greeting());
    }

    void greeted() {
        greeting = Deadline.NEVER;
    }

    /** The TCP connection below TLS. */
    Socket socket() {
        return channel.socket();
    }

    /** From now on so many octets can be written that the peer does not read, without waiting for it. */
    void roomFor(int octets) throws IOException {
        if (room < octets) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, octets);
            room = octets;
        }
    }

    /** Does the handshake and goes on through TLS. */
    void secure(SSLSocket tls) throws IOException {
        expectLine();
        arm(silenceEnds, "reply");
        try {
            tls.startHandshake();
            in = tls.getInputStream();
            out = tls.getOutputStream();
            secured = true;
            heard = false;
        } catch (IOException e) {
            throw reason(e, "no end of the TLS handshake with " + peer + " within ", timeouts.reply());
        } finally {
            guard.disarm();
        }
    }

    @Override
    public void awaitFinalReply(boolean awaited) {
        finalReplyAwaited = awaited;
    }

    @Override
    public void limitSilence(Duration longest) {
        longestSilence = longest;
    }

    @Override
    public void expectLine() {
        silenceEnds = System.nanoTime() + patience(timeouts.reply()).toNanos();
    }

    private Duration patience(Duration usual) {
        Duration least = timeouts.finalReply();
        Duration patience = finalReplyAwaited && least.compareTo(usual) > 0 ? least : usual;
        return patience.compareTo(longestSilence) > 0 ? longestSilence : patience;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        arm(silenceEnds, "reply");
        try {
            int count = in.read(into, offset, length);
            heard = true;
            return count;
        } catch (IOException e) {
            throw reason(e, "no reply from " + peer + " within ", patience(timeouts.reply()));
        } finally {
            guard.disarm();
        }
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Duration longest = patience(timeouts.write());
        arm(System.nanoTime() + longest.toNanos(), "write");
        try {
            out.write(from, offset, length);
        } catch (IOException e) {
            throw reason(e, peer + " took nothing of what was written for ", longest);
        } finally {
            guard.disarm();
        }
    }

    @Override
    public int waiting() throws IOException {
        if (secured && !heard) {
            // What waits after the handshake are session tickets (RFC 8446, section 4.6.1), read with the first reply.
            return in.available();
        }
        int count = below.available();
        return count == 0 && secured ? in.available() : count;
    }

    /** Waits for octets or the end of the stream; false = none have come, or the thread was interrupted. */
    boolean await(Duration longest) throws IOException {
        if (waiting() > 0) {
            return true;
        }
        if (longest.toMillis() <= 0) {
            return false;
        }
        channel.configureBlocking(false);
        try (Selector selector = channel.provider().openSelector()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.select(longest.toMillis()) > 0;
        } finally {
            // The selector is closed by now, so that the channel may block again.
            channel.configureBlocking(true);
        }
    }

    /**
     * Whether nothing waits, not even the end of the stream. If something waited it may be lost, so the connection must
     * not be used again.
     */
    boolean quiet() {
        try {
            if (secured && in.available() > 0) {
                return false;
            }
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) == 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return false;
        }
    }

    private void arm(long nanos, String what) throws IOException {
        if (deadline.passed()) {
            throw new InterruptedIOException("the deadline of the whole " + whole + " passed before the " + what);
        }
        long limit = greeting.bounded() && greeting.nanos() - nanos < 0 ? greeting.nanos() : nanos;
        boolean deadlineFirst = deadline.bounded() && deadline.nanos() - limit < 0;
        guard.arm(deadlineFirst ? deadline.nanos() : limit);
    }

    private IOException reason(IOException cause, String what, Duration limit) {
        if (cause instanceof ClosedByInterruptException) {
            return new InterruptedIOException(whole.equals(SEND) ? "the sending thread was interrupted"
                    : "the thread was interrupted");
        }
        if (!guard.fired()) {
            return cause;
        }
        if (greeting.passed() && !deadline.passed()) {
            return new SocketTimeoutException("no whole greeting from " + peer + " within "
                    + words(timeouts.greeting()));
        }
        return deadline.passed()
                ? new InterruptedIOException("the deadline of the whole " + whole + " passed without a word from "
                        + peer)
                : new SocketTimeoutException(what + words(limit));
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Closes the connection at once, without TLS's or SMTP's farewell; never blocks. Idempotent, for any thread. */
    @Override
    public void close() {
        guard.release();
        closeChannel();
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
