package dev.mailroom.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;

/**
 * An SMTP server for benchmarks: accepts everything, keeps nothing, counts. It does as little as it can for a mail, so
 * that the client is what is measured. One daemon thread per connection. Thread-safe.
 */
public final class CountingSink implements AutoCloseable {
    final LongAdder mails = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder flights = new LongAdder();
    /** One for all connections: clients may resume their TLS sessions. */
    final Optional<SSLContext> tls;
    private final LongAdder connections = new LongAdder();
    private final SinkSettings settings;
    private final ServerSocket listener = Loopback.listen();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private CountingSink(SinkSettings settings) {
        this.settings = settings;
        this.tls = settings.tls() == SinkSettings.Tls.NONE ? Optional.empty()
                : Optional.of(TestCertificates.get().good());
        Loopback.daemon("counting-sink-" + port(), this::accept);
    }

    /** Starts on a free port of 127.0.0.1, in this process; see {@link SinkProcess} for another one. */
    public static CountingSink start(SinkSettings settings) {
        return new CountingSink(settings);
    }

    /**
     * Runs a sink until the end of standard input. Prints its port and the trust store of its certificate (or a dash),
     * then one line of {@link SinkCounts} for every line that it reads.
     */
    public static void main(String[] arguments) throws IOException {
        SinkSettings settings = SinkSettings.parse(arguments);
        try (CountingSink sink = start(settings);
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            boolean plain = settings.tls() == SinkSettings.Tls.NONE;
            System.out.println(sink.port() + " " + (plain ? "-" : TestCertificates.get().trustStore()));
            while (in.readLine() != null) {
                System.out.println(sink.counts().line());
            }
        }
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** All counts since the start; complete for every mail whose reply was read. */
    public SinkCounts counts() {
        return new SinkCounts(connections.sum(), mails.sum(), bytes.sum(), flights.sum());
    }

    /** Stops listening and drops all connections. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.increment();
                Loopback.daemon("counting-sink-" + port() + "-connection", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new SinkDialogue(settings, this, socket).run();
        } catch (IOException e) {
            // Clients of benchmarks hang up as they like.
            return;
        } finally {
            sockets.remove(socket);
        }
    }
}
