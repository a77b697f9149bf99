package dev.mailroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A distant network on the loopback: forwards TCP connections and hands every byte on a fixed time after it came, in
 * both directions. It does not limit throughput; opening a connection costs a round trip too. Thread-safe.
 */
public final class DelayRelay implements AutoCloseable {
    private final int targetPort;
    private final Duration oneWay;
    private final ServerSocket listener = Loopback.listen();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean heard = new AtomicBoolean();
    private final AtomicInteger turns = new AtomicInteger();
    private final DelayLine.Count toServer = new DelayLine.Count() {
        @Override
        void came() {
            if (heard.getAndSet(false)) {
                turns.incrementAndGet();
            }
        }
    };
    private final DelayLine.Count toClient = new DelayLine.Count() {
        @Override
        void goes() {
            // Before, for the client may answer at once.
            heard.set(true);
        }
    };

    private DelayRelay(int targetPort, Duration oneWay) {
        this.targetPort = targetPort;
        this.oneWay = oneWay;
        Loopback.daemon("delay-relay-" + port(), this::accept);
    }

    /** A relay to that port of 127.0.0.1; a round trip through it takes twice the one-way delay. */
    public static DelayRelay to(int targetPort, Duration oneWay) {
        return new DelayRelay(targetPort, oneWay);
    }

    /** The port on 127.0.0.1 that clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections were opened so far. */
    public int connections() {
        return connections.get();
    }

    /**
     * How often a client has spoken after it had heard something: as many round trips, at most, has it waited for. Of
     * use where one connection is open.
     */
    public int turns() {
        return turns.get();
    }

    /** Bytes handed on from clients to the server. */
    public long bytesToServer() {
        return toServer.bytes();
    }

    /** Bytes handed on from the server to clients. */
    public long bytesToClient() {
        return toClient.bytes();
    }

    /** Cuts all connections; bytes under way are lost. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.forEach(DelayRelay::closeQuietly);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                connections.incrementAndGet();
                Loopback.daemon("delay-relay-open", () -> open(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void open(Socket client) {
        Socket server = new Socket();
        sockets.add(server);
        try {
            server.connect(Loopback.address(targetPort));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            // The kernel let the client in at once. Far away, the three steps of opening come first: nothing reaches
            // the server before the third one-way delay is over, and the greeting arrives after the fourth.
            DelayLine up = new DelayLine(client, server, oneWay.multipliedBy(3), oneWay, toServer);
            DelayLine down = new DelayLine(server, client, oneWay.multipliedBy(4), oneWay, toClient);
            Runnable whenEnded = () -> {
                if (up.ended() && down.ended()) {
                    forget(client, server);
                }
            };
            up.start(whenEnded);
            down.start(whenEnded);
        } catch (IOException e) {
            forget(client, server);
        }
        if (listener.isClosed()) {
            forget(client, server);
        }
    }

    private void forget(Socket client, Socket server) {
        closeQuietly(client);
        closeQuietly(server);
        sockets.remove(client);
        sockets.remove(server);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is all it has to be.
            return;
        }
    }
}
