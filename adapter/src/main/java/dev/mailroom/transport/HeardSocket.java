package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mailroom.SmtpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The socket below TLS, which knows the server's first octets: where they are no TLS they may be a refusal in plain
 * text, as Exim gives it on a TLS port where it has too many connections.
 */
final class HeardSocket extends Socket {
    private static final int MOST = 512;

    private final Socket socket;
    private byte[] first = {};
    private int given;

    HeardSocket(Socket socket) {
        this.socket = socket;
    }

    /** What the server said in place of TLS, if that is a refusal. */
    Optional<SmtpReply> refusal() {
        String line = new String(first, US_ASCII).lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
        return line.matches("[45]\\d\\d([ -].*)?")
                ? Optional.of(SmtpReply.of(Integer.parseInt(line.substring(0, 3)), line.substring(3).strip()))
                : Optional.empty();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = socket.getInputStream();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (first.length == 0) {
                    byte[] octets = new byte[MOST];
                    int heard = in.read(octets);
                    first = Arrays.copyOf(octets, Math.max(0, heard));
                }
                int count = Math.min(length, first.length - given);
                if (count == 0) {
                    return first.length == 0 ? -1 : in.read(into, offset, length);
                }
                System.arraycopy(first, given, into, offset, count);
                given += count;
                return count;
            }

            @Override
            public int available() throws IOException {
                return first.length - given + in.available();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public synchronized void close() throws IOException {
        socket.close();
    }
}
