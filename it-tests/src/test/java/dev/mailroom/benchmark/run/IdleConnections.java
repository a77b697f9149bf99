package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.report.Idle;
import java.io.IOException;
import java.time.Duration;

/** What a client keeps for connections that are open and wait: heap once the garbage is gone, and threads. */
final class IdleConnections {
    /** So slow that nobody can do with the connection that another sender has given back. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);
    private static final int ATTEMPTS = 5;

    /** The state of the client. */
    private record Snapshot(long connections, long heap, long threads) {
    }

    private IdleConnections() {
    }

    /** Opens about that many and compares with half of them, so that what all of them share does not count. */
    static Idle measure(PeerContender contender, int connections, boolean secure) throws IOException {
        Scenario plain = Scenario.of("idle").composed().behind(ROUND_TRIP).senders(connections);
        Scenario many = secure ? plain.secured() : plain;
        try (Server server = Server.start(many)) {
            // Classes are loaded by the first pass.
            snapshot(contender, server, many);
            Snapshot half = snapshot(contender, server, many.senders(connections / 2));
            Snapshot all = snapshot(contender, server, many);
            long more = all.connections - half.connections;
            if (more < connections / 3) {
                throw new IOException(contender.name() + " has opened " + all.connections + " connections only");
            }
            return new Idle(contender.name(), secure, (int) all.connections, (all.heap - half.heap) / more,
                    all.threads - half.threads);
        }
    }

    private static Snapshot snapshot(PeerContender contender, Server server, Scenario scenario) throws IOException {
        long before = connections(server);
        contender.open(scenario, server.target());
        for (int i = 0; i < ATTEMPTS && (i == 0 || connections(server) - before < scenario.senders()); i++) {
            contender.send(2 * scenario.senders());
        }
        long[] memory = contender.memory();
        long opened = connections(server) - before;
        contender.shut();
        return new Snapshot(opened, memory[0], memory[1]);
    }

    private static long connections(Server server) {
        return server.counts().orElseThrow().connections();
    }
}
