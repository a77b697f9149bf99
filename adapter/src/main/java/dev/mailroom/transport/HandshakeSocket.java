package dev.mailroom.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * The socket that Angus gets: it writes to the wire, reads nothing (the replies are read for it, so that no octet is
 * read ahead out of sight), and cannot close what outlives it.
 */
final class HandshakeSocket extends Socket {
    private final SocketWire wire;
    private final String host;

    HandshakeSocket(SocketWire wire, String host) {
        this.wire = wire;
        this.host = host;
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                wire.write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                wire.write(from, offset, length);
            }
        };
    }

    @Override
    public InetAddress getInetAddress() {
        try {
            // The name in it avoids a reverse lookup of the address.
            return InetAddress.getByAddress(host, wire.socket().getInetAddress().getAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int getPort() {
        return wire.socket().getPort();
    }

    @Override
    public synchronized void close() {
        // The wire is closed where it was opened.
    }
}
