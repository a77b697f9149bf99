package dev.mailroom.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The bytes of one connection. Replies wait until everything received is answered, so a pipelined group is answered by
 * one segment. One thread reads; others may only {@link #interject} and {@link #abort}.
 */
final class ServerWire {
    private static final int LONGEST_LINE = 1 << 20;
    private final Socket raw;
    private final CountDownLatch serverClosed;
    private final Runnable flightListener;
    private final int pieceSize;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    private boolean heard;
    private boolean answered;

    /** @param pieceSize greatest number of bytes in one write; 0 = as they come */
    ServerWire(Socket raw, int pieceSize, CountDownLatch serverClosed, Runnable flightListener) throws IOException {
        this.raw = raw;
        this.pieceSize = pieceSize;
        this.serverClosed = serverClosed;
        this.flightListener = flightListener;
        raw.setTcpNoDelay(true);
        use(raw);
    }

    private synchronized void use(Socket layer) throws IOException {
        socket = layer;
        in = layer.getInputStream();
        out = layer.getOutputStream();
    }

    /** Does the server's side of the handshake on top of what is there. Bytes already buffered are forgotten. */
    String startTls(SSLContext context, String onlyProtocol, boolean clientCertificate) throws IOException {
        flush();
        SSLSocket layer = (SSLSocket) context.getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
        layer.setUseClientMode(false);
        layer.setNeedClientAuth(clientCertificate);
        if (!onlyProtocol.isEmpty()) {
            layer.setEnabledProtocols(new String[] {onlyProtocol});
        }
        layer.startHandshake();
        position = limit = 0;
        use(layer);
        return layer.getSession().getProtocol();
    }

    /** Our own certificate as SCRAM binds to it (RFC 5929, section 4); empty without TLS. */
    byte[] endPoint() {
        try {
            return socket instanceof SSLSocket tls ? MessageDigest.getInstance("SHA-256")
                    .digest(tls.getSession().getLocalCertificates()[0].getEncoded()) : new byte[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void idleTimeout(Duration longest) throws IOException {
        raw.setSoTimeout(Math.toIntExact(longest.toMillis()));
    }

    /** Whether the client has sent more than was read so far, as far as it is known here. */
    boolean buffered() {
        return position < limit;
    }

    /** The next line without its CRLF; a lone CR or LF is part of the line (RFC 5321, section 2.3.8). */
    String readLine() throws IOException {
        int scanned = position;
        while (true) {
            for (int i = scanned; i + 1 < limit; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
                    String line = new String(buffer, position, i - position, StandardCharsets.UTF_8);
                    position = i + 2;
                    return line;
                }
            }
            int kept = limit - position;
            if (kept > LONGEST_LINE) {
                throw new ConnectionOver("line longer than " + LONGEST_LINE + " bytes");
            }
            fill(kept == 0);
            scanned = position + Math.max(0, kept - 1);
        }
    }

    /**
     * The next byte of content.
     *
     * @param afterReply whether the client waited for a reply before it sent the content (DATA), or not (BDAT)
     */
    int readByte(boolean afterReply) throws IOException {
        if (position == limit) {
            fill(afterReply);
        }
        return buffer[position++] & 0xff;
    }

    private void fill(boolean betweenCommands) throws IOException {
        if (position == limit) {
            position = limit = 0;
        } else if (limit == buffer.length) {
            int kept = limit - position;
            byte[] target = kept > buffer.length / 2 ? Arrays.copyOf(buffer, buffer.length * 2) : buffer;
            System.arraycopy(buffer, position, target, 0, kept);
            buffer = target;
            position = 0;
            limit = kept;
        }
        if (!moreOnSocket()) {
            if (betweenCommands) {
                endFlight();
            }
            flush();
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            throw new ConnectionOver("the client hung up");
        }
        limit += count;
        heard = true;
    }

    private boolean moreOnSocket() throws IOException {
        return in.available() > 0 || socket != raw && raw.getInputStream().available() > 0;
    }

    /** Told before the replies leave, so whoever has read a reply finds its flight counted. */
    private void endFlight() {
        if (heard && answered) {
            heard = false;
            answered = false;
            flightListener.run();
        }
    }

    synchronized void write(byte[] bytes) throws IOException {
        pending.writeBytes(bytes);
        answered = true;
        if (pending.size() > 32 * 1024) {
            flush();
        }
    }

    /** The last size is used again and again. */
    void writePieces(byte[] bytes, Duration between, int... sizes) throws IOException {
        flush();
        answered = true;
        int from = 0;
        for (int n = 0; from < bytes.length; n++) {
            int size = Math.max(1, sizes.length == 0 ? bytes.length : sizes[Math.min(n, sizes.length - 1)]);
            int to = Math.min(bytes.length, from + size);
            synchronized (this) {
                out.write(bytes, from, to - from);
            }
            from = to;
            if (from < bytes.length) {
                pause(between);
            }
        }
    }

    synchronized void flush() throws IOException {
        byte[] bytes = pending.toByteArray();
        pending.reset();
        int size = pieceSize == 0 ? bytes.length : pieceSize;
        for (int from = 0; from < bytes.length; from += size) {
            out.write(bytes, from, Math.min(size, bytes.length - from));
        }
    }

    /** Says something that nobody asked for, then hangs up. For other threads. */
    synchronized void interject(byte[] bytes) throws IOException {
        out.write(bytes);
        raw.shutdownOutput();
    }

    /** Flushes, waits, and ends the connection if the server is closed meanwhile. */
    void pause(Duration time) throws IOException {
        flush();
        try {
            if (serverClosed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ConnectionOver("the server was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionOver("interrupted");
        }
    }

    void cut() throws IOException {
        flush();
        raw.shutdownOutput();
        // Unread input would turn the close into a reset.
        while (raw.getInputStream().available() > 0) {
            raw.getInputStream().skipNBytes(raw.getInputStream().available());
        }
        raw.close();
        throw new ConnectionOver("cut by the script");
    }

    void reset() throws IOException {
        flush();
        raw.setSoLinger(true, 0);
        raw.close();
        throw new ConnectionOver("reset by the script");
    }

    void silence() throws IOException {
        flush();
        raw.setSoTimeout(0);
        byte[] ignored = new byte[8192];
        while (in.read(ignored) >= 0) {
            heard = true;
        }
        throw new ConnectionOver("the client hung up on silence");
    }

    void deafness() throws IOException {
        flush();
        try {
            serverClosed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ConnectionOver("the server was closed");
    }

    /** Flushes and closes in good order: close_notify, FIN. */
    void close() throws IOException {
        endFlight();
        flush();
        socket.close();
    }

    /** Closes whatever state the connection is in. Never throws. For any thread. */
    void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            // Closed is all it has to be.
            return;
        }
    }
}
