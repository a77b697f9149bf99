package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.Peer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Resolves the host name and connects to the first of its addresses that answers. */
final class Dialer {
    private final SmtpSettings settings;
    private final Peer peer;

    Dialer(SmtpSettings settings) {
        this.settings = settings;
        this.peer = new Peer(settings.host(), settings.port());
    }

    /** Takes no longer than the connect timeout and the deadline, once the name is resolved. */
    SocketChannel connect(Deadline deadline) throws SmtpException {
        InetAddress[] addresses = resolve();
        Duration longest = deadline.remaining(settings.timeouts().connect());
        Deadline end = new Deadline(System.nanoTime() + longest.toNanos(), true);
        IOException last = new SocketTimeoutException();
        for (int i = 0; i < addresses.length && !end.passed(); i++) {
            // Each address gets its share of what is left, so that one that swallows packets leaves time for the next.
            long millis = end.remaining(longest).toMillis() / (addresses.length - i);
            try {
                return open(new InetSocketAddress(addresses[i], settings.port()), (int) Math.max(1, millis));
            } catch (IOException e) {
                last = e;
            }
        }
        throw new SmtpException(Failure.before(Phase.CONNECT, why(last, longest), settings), last);
    }

    private InetAddress[] resolve() throws SmtpException {
        try {
            return InetAddress.getAllByName(settings.host());
        } catch (UnknownHostException e) {
            String message = "the host name " + settings.host() + " of the SMTP server cannot be resolved; check its "
                    + "spelling and the name service";
            throw new SmtpException(Failure.before(Phase.RESOLVE, message, settings), e);
        }
    }

    private static SocketChannel open(InetSocketAddress address, int millis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(address, millis);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private String why(IOException cause, Duration longest) {
        if (cause instanceof SocketTimeoutException) {
            return "no connection to " + peer + " within " + longest.toMillis() + " ms; is the host reachable, does a "
                    + "firewall drop the packets?";
        }
        if (cause instanceof NoRouteToHostException) {
            return "there is no route to " + peer + "; check the address and the network";
        }
        if (cause instanceof ConnectException) {
            return "the connection was refused by " + peer + "; is an SMTP server listening there?";
        }
        return "no connection to " + peer + ": " + cause.getMessage();
    }
}
