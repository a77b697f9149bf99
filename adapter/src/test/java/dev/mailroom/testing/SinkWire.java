package dev.mailroom.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** The buffers of one connection to a sink: one read takes all that came, one write answers it. For one thread. */
final class SinkWire {
    /** What was read and not yet consumed is {@code buffer[position..limit)}. */
    final byte[] buffer = new byte[64 * 1024];
    int position;
    int limit;
    private final CountingSink sink;
    private final Socket raw;
    private final long roundTripNanos;
    private final byte[] replies = new byte[16 * 1024];
    private int pending;
    private boolean answered;
    private long lastFlight;
    private InputStream in;
    private OutputStream out;

    SinkWire(CountingSink sink, Socket raw, long roundTripNanos) throws IOException {
        this.sink = sink;
        this.raw = raw;
        this.roundTripNanos = roundTripNanos;
        this.lastFlight = System.nanoTime() - roundTripNanos;
        raw.setTcpNoDelay(true);
        in = raw.getInputStream();
        out = raw.getOutputStream();
    }

    void startTls() throws IOException {
        flush();
        SSLSocket layer = (SSLSocket) sink.tls.orElseThrow().getSocketFactory()
                .createSocket(raw, "127.0.0.1", raw.getPort(), true);
        layer.setUseClientMode(false);
        layer.startHandshake();
        in = layer.getInputStream();
        out = layer.getOutputStream();
    }

    void say(byte[] reply) throws IOException {
        if (pending + reply.length > replies.length) {
            flush();
        }
        System.arraycopy(reply, 0, replies, pending, reply.length);
        pending += reply.length;
        answered = true;
    }

    /**
     * Sends what is pending and reads more behind what is left.
     *
     * @param betweenCommands whether all that was received has been answered
     * @return false at the end of the stream
     */
    boolean fill(boolean betweenCommands) throws IOException {
        if (pending > 0) {
            if (betweenCommands && answered) {
                flight();
            }
            flush();
        }
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            throw new ConnectionOver("line longer than " + buffer.length + " bytes");
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            return false;
        }
        limit += count;
        sink.bytes.add(count);
        return true;
    }

    private void flight() {
        answered = false;
        if (roundTripNanos > 0) {
            long now = System.nanoTime();
            if (now - lastFlight < roundTripNanos) {
                return;
            }
            lastFlight = now;
        }
        sink.flights.increment();
    }

    void flush() throws IOException {
        out.write(replies, 0, pending);
        pending = 0;
    }
}
