package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.report.Idle;
import java.io.IOException;
import java.time.Duration;

/**
 * What a client keeps for connections that are open and wait: the heap that is free once they are closed, and the
 * threads that are gone. What all of them share stays and does not count.
 */
final class IdleConnections {
    /** So slow that nobody can do with the connection that another sender has given back. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);
    private static final int ATTEMPTS = 5;

    private IdleConnections() {
    }

    /** Opens about that many, sends two mails or more over each, and closes them. */
    static Idle measure(PeerContender contender, int connections, boolean secure) throws IOException {
        Scenario plain = Scenario.of("idle").composed().behind(ROUND_TRIP).senders(connections);
        Scenario scenario = secure ? plain.secured() : plain;
        try (Server server = Server.start(scenario)) {
            // Closing for the first time loads classes, too.
            once(contender, server, scenario);
            return once(contender, server, scenario);
        }
    }

    private static Idle once(PeerContender contender, Server server, Scenario scenario) throws IOException {
        long before = connections(server);
        contender.open(scenario, server.target());
        for (int i = 0; i < ATTEMPTS && (i == 0 || connections(server) - before < scenario.senders()); i++) {
            contender.send(2 * scenario.senders());
        }
        int opened = (int) (connections(server) - before);
        long[] freed = contender.hangUp();
        contender.shut();
        return new Idle(contender.name(), scenario.secure(), opened, freed[0] / opened, freed[1]);
    }

    private static long connections(Server server) {
        return server.counts().orElseThrow().connections();
    }
}
