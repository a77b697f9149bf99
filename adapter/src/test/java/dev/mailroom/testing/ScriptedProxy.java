package dev.mailroom.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on 127.0.0.1, SOCKS 5 or HTTP CONNECT, that leads every connection to one port there, whatever was asked for.
 * One daemon thread per direction. Thread-safe.
 */
public final class ScriptedProxy implements AutoCloseable {
    private final ServerSocket listener = Loopback.listen();
    private final boolean socks;
    private final String login;
    private final int target;
    private final int refusal;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private ScriptedProxy(boolean socks, int target, String login, int refusal) {
        this.socks = socks;
        this.target = target;
        this.login = login;
        this.refusal = refusal;
        Loopback.daemon("scripted-proxy", this::accept);
    }

    /** SOCKS 5; login {@code user:password}, empty = none; a refusal is the reply's code, 0 = none. */
    public static ScriptedProxy socks(int target, String login, int refusal) {
        return new ScriptedProxy(true, target, login, refusal);
    }

    /** HTTP; the same, a refusal is the status. */
    public static ScriptedProxy http(int target, String login, int refusal) {
        return new ScriptedProxy(false, target, login, refusal);
    }

    /** Its port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Which hosts and ports it was asked for. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                Loopback.daemon("scripted-proxy-connection", () -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; Socket server = new Socket()) {
            if (socks ? socks(client, server) : http(client, server)) {
                Loopback.daemon("scripted-proxy-back", () -> copy(server, client));
                copy(client, server);
            }
        } catch (IOException e) {
            // The usual end.
            return;
        }
    }

    private boolean socks(Socket client, Socket server) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.readByte();
        String methods = new String(in.readNBytes(in.readByte()), StandardCharsets.ISO_8859_1);
        int method = login.isEmpty() ? 0 : 2;
        if (methods.indexOf(method) < 0) {
            out.write(new byte[] {5, (byte) 0xff});
            return false;
        }
        out.write(new byte[] {5, (byte) method});
        if (method == 2) {
            in.readByte();
            String given = new String(in.readNBytes(in.readByte()), StandardCharsets.UTF_8) + ":"
                    + new String(in.readNBytes(in.readByte()), StandardCharsets.UTF_8);
            out.write(new byte[] {1, (byte) (given.equals(login) ? 0 : 1)});
            if (!given.equals(login)) {
                return false;
            }
        }
        int type = in.readNBytes(4)[3];
        String host = type == 3 ? new String(in.readNBytes(in.readByte()), StandardCharsets.US_ASCII)
                : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16)).getHostAddress();
        asked.add(host + ":" + in.readUnsignedShort());
        if (refusal == 0) {
            server.connect(Loopback.address(target));
        }
        out.write(new byte[] {5, (byte) refusal, 0, 1, 127, 0, 0, 1, 0, 1});
        return refusal == 0;
    }

    private boolean http(Socket client, Socket server) throws IOException {
        String request = request(client.getInputStream());
        asked.add(request.split(" ")[1]);
        String expected = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n";
        int status = !login.isEmpty() && !request.contains(expected) ? 407 : refusal == 0 ? 200 : refusal;
        if (status == 200) {
            server.connect(Loopback.address(target));
        }
        client.getOutputStream().write(("HTTP/1.1 " + status + " Word\r\nVia: test\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return status == 200;
    }

    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (!octets.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            octets.write(in.read());
        }
        return octets.toString(StandardCharsets.US_ASCII);
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Whoever ends first ends the other.
            return;
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
