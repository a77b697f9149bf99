package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A JVM with one mail client in it. Each line of the standard input is an order, answered by one line; the process ends
 * with the input. What libraries print goes to the standard error.
 */
public final class PeerProcess {
    private final Peer peer;
    private final Meters meters = new Meters();
    private Senders senders = new Senders(0);

    private PeerProcess(Peer peer) {
        this.peer = peer;
    }

    /** Runs the client whose class is named. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        var process = new PeerProcess((Peer) Class.forName(arguments[0]).getDeclaredConstructor().newInstance());
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String order = orders.readLine();
            while (order != null) {
                answers.println(process.answer(order));
                order = orders.readLine();
            }
        }
        // Libraries may have left threads behind that are no daemons.
        System.exit(0);
    }

    private String answer(String order) {
        try {
            return obey(order.split("\t"));
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            return "error " + e.toString().replaceAll("\\s+", " ");
        }
    }

    private String obey(String[] words) throws Exception {
        switch (words[0]) {
            case "open" -> {
                Scenario scenario = Scenario.parse(words[1]);
                senders = new Senders(scenario.senders());
                peer.open(scenario, Target.parse(words[2]));
                return "ok";
            }
            case "send" -> {
                int mails = Integer.parseInt(words[1]);
                return meters.measure(mails, () -> senders.run(peer::send, mails)).line();
            }
            case "shut" -> {
                senders.end();
                senders = new Senders(0);
                peer.shut();
                return "ok";
            }
            case "idle" -> {
                senders.end();
                long heap = meters.heapInUse();
                int threads = meters.threads();
                peer.hangUp();
                return (heap - meters.heapInUse()) + " " + (threads - meters.threads());
            }
            default -> throw new IOException("unknown order " + words[0]);
        }
    }
}
