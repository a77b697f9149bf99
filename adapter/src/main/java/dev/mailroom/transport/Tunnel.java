package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.ProxySettings;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Asks a proxy for a connection to the server: SOCKS 5 (RFC 1928, RFC 1929) or HTTP's CONNECT (RFC 9110, section
 * 9.3.6). Reads no octet beyond the proxy's own, since the server's greeting may follow at once.
 */
final class Tunnel {
    private static final int MOST_HEADER = 16 * 1024;
    private static final int NO_LOGIN = 0;
    private static final int LOGIN = 2;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    /** Request timeout, too early, too many requests: RFC 9110, section 15.5.9, RFC 8470, RFC 6585. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    private static final List<String> SOCKS_REPLIES = List.of("succeeded", "general failure",
            "not allowed by its rules", "network unreachable", "host unreachable", "connection refused",
            "time to live expired", "command not supported", "address type not supported");

    private final SocketWire wire;
    private final SmtpSettings settings;
    private final ProxySettings proxy;

    Tunnel(SocketWire wire, SmtpSettings settings, ProxySettings proxy) {
        this.wire = wire;
        this.settings = settings;
        this.proxy = proxy;
    }

    /** Afterwards the wire speaks with the server. */
    void open() throws SmtpException {
        try {
            if (proxy.kind() == ProxySettings.Protocol.SOCKS5) {
                socks();
            } else {
                http();
            }
        } catch (IOException e) {
            boolean silent = e instanceof InterruptedIOException && !Thread.currentThread().isInterrupted();
            throw failure(silent ? "the proxy " + proxy + " did not answer in the time for connecting (timeout.connect)"
                    : "the connection to the proxy " + proxy + " was lost: " + e.getMessage(), false, e);
        }
    }

    private void socks() throws IOException, SmtpException {
        boolean login = !proxy.user().isEmpty();
        write(login ? new byte[] {5, 2, NO_LOGIN, LOGIN} : new byte[] {5, 1, NO_LOGIN});
        byte[] method = read(2);
        if (method[0] != 5) {
            throw failure("the proxy " + proxy + " does not speak SOCKS 5", true, null);
        }
        if (method[1] == LOGIN && login) {
            logIn();
        } else if (method[1] != NO_LOGIN) {
            throw failure("the proxy " + proxy + (login ? " offers no login by user name and password"
                    : " wants a login: put the user in front of its host and set proxy-password-file"), true, null);
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {5, 1, 0});
        request.writeBytes(target(settings.host()));
        request.write(settings.port() >> 8);
        request.write(settings.port());
        write(request.toByteArray());
        byte[] reply = read(4);
        if (reply[1] != 0) {
            int code = reply[1] & 0xff;
            String words = code < SOCKS_REPLIES.size() ? SOCKS_REPLIES.get(code) : "reply " + code;
            throw refused(words, code == 2 || code == 7 || code == 8);
        }
        // The address that the proxy uses: four octets, sixteen, or a name with its length.
        read((reply[3] == IPV4 ? 4 : reply[3] == IPV6 ? 16 : read(1)[0] & 0xff) + 2);
    }

    /** RFC 1928, section 5: its type, then an address as octets, or a name, which the proxy resolves. */
    private static byte[] target(String host) {
        byte[] octets = host.getBytes(US_ASCII);
        int type = NAME;
        if (host.indexOf(':') >= 0 || host.matches("\\d+(\\.\\d+){3}")) {
            try {
                octets = InetAddress.getByName(host).getAddress();
                type = octets.length == 4 ? IPV4 : IPV6;
            } catch (UnknownHostException e) {
                // It names a network interface, which the proxy may have but this machine has not.
                type = NAME;
            }
        }
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        target.write(type);
        if (type == NAME) {
            target.write(octets.length);
        }
        target.writeBytes(octets);
        return target.toByteArray();
    }

    private void logIn() throws IOException, SmtpException {
        byte[] user = proxy.user().getBytes(UTF_8);
        byte[] password = proxy.password().value().getBytes(UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(1);
        request.write(user.length);
        request.writeBytes(user);
        request.write(password.length);
        request.writeBytes(password);
        write(request.toByteArray());
        if (read(2)[1] != 0) {
            throw loginRefused();
        }
    }

    private void http() throws IOException, SmtpException {
        String target = (settings.host().indexOf(':') >= 0 ? "[" + settings.host() + "]" : settings.host()) + ":"
                + settings.port();
        String login = proxy.user().isEmpty() ? "" : "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(
                (proxy.user() + ":" + proxy.password().value()).getBytes(UTF_8)) + "\r\n";
        write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n" + login + "\r\n").getBytes(US_ASCII));
        StringBuilder answer = new StringBuilder();
        readUntil("\r\n", answer);
        String status = answer.toString().strip();
        if (!status.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw failure("the proxy " + proxy + " does not speak HTTP", true, null);
        }
        readUntil("\r\n\r\n", answer);
        int code = Integer.parseInt(status.substring(9, 12));
        if (code == 407) {
            throw loginRefused();
        }
        if (code / 100 != 2) {
            throw refused(status.substring(9).replaceAll("[^ -~]", "?"), code / 100 == 4 && !PASSING.contains(code));
        }
    }

    private void readUntil(String end, StringBuilder answer) throws IOException {
        while (!answer.toString().endsWith(end)) {
            answer.append(new String(read(1), ISO_8859_1));
            if (answer.length() > MOST_HEADER) {
                throw new IOException("its answer does not end");
            }
        }
    }

    private void write(byte[] octets) throws IOException {
        wire.write(octets, 0, octets.length);
    }

    private byte[] read(int count) throws IOException {
        byte[] octets = new byte[count];
        for (int done = 0; done < count;) {
            int more = wire.read(octets, done, count - done);
            if (more < 0) {
                throw new EOFException("it hung up");
            }
            done += more;
        }
        return octets;
    }

    private SmtpException loginRefused() {
        return failure("the proxy " + proxy + " refused the login; check its user name and proxy-password-file", true,
                null);
    }

    private SmtpException refused(String words, boolean lasting) {
        return failure("the proxy " + proxy + " makes no connection to " + settings.host() + ":" + settings.port()
                + ": " + words, lasting, null);
    }

    private SmtpException failure(String message, boolean lasting, IOException cause) {
        return new SmtpException(new Failure(Phase.CONNECT, message, Delivery.NOT_SENT, false, SmtpReply.NONE,
                List.of(), settings.host(), settings.port(), lasting), cause);
    }
}
