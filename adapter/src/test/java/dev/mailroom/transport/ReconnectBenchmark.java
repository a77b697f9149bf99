package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.testing.DelayRelay;
import dev.mailroom.testing.SinkProcess;
import dev.mailroom.testing.SinkSettings;
import dev.mailroom.testing.TestCertificates;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What opening a connection costs, up to and with AUTH: plain, with a full TLS handshake, and with a resumed TLS
 * session. The server is another process. Prints a Markdown table.
 */
public final class ReconnectBenchmark {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final Duration ONE_WAY = Duration.ofMillis(10);

    private final int samples;

    /** Opening one connection: on the clock, and on the processor in the opening thread, which does it all. */
    private record Cost(long nanos, long cpu) {
    }

    ReconnectBenchmark(int samples) {
        this.samples = samples;
    }

    /** Arguments: connections a row (100); the version of TLS (the JDK's choice). */
    public static void main(String[] args) throws Exception {
        if (args.length > 1) {
            System.setProperty("jdk.tls.client.protocols", args[1]);
        }
        System.out.println(new ReconnectBenchmark(args.length > 0 ? Integer.parseInt(args[0]) : 100).table());
    }

    /** The table. */
    String table() throws SmtpException {
        var table = new StringBuilder("| connection | time, µs | client CPU, µs | bytes out / in | at 20 ms, ms |\n"
                + "| --- | --- | --- | --- | --- |\n");
        try (var plain = SinkProcess.start(SinkSettings.ALL.withAuth());
                var startTls = SinkProcess.start(SinkSettings.ALL.withAuth().with(SinkSettings.Tls.STARTTLS));
                var implicit = SinkProcess.start(SinkSettings.ALL.withAuth().with(SinkSettings.Tls.IMPLICIT))) {
            table.append(row("plain", plain, TlsMode.NONE, true));
            for (boolean resumed : new boolean[] {false, true}) {
                String how = resumed ? ", resumed" : ", full handshake";
                table.append(row("STARTTLS" + how, startTls, TlsMode.STARTTLS, resumed));
                table.append(row("implicit TLS" + how, implicit, TlsMode.IMPLICIT, resumed));
            }
        }
        return table.toString();
    }

    private String row(String name, SinkProcess sink, TlsMode mode, boolean resumed) throws SmtpException {
        try (var elsewhere = DelayRelay.to(sink.port(), Duration.ZERO); var far = DelayRelay.to(sink.port(), ONE_WAY)) {
            var road = new Road(sink, elsewhere.port(), mode, resumed);
            // The first run warms up the compiler.
            road.costs(sink.port(), samples, () -> { });
            List<Cost> near = road.costs(sink.port(), samples, () -> { });
            int few = Math.min(samples, 9);
            long[] before = new long[2];
            List<Cost> distant = road.costs(far.port(), few, () -> {
                before[0] = far.bytesToServer();
                before[1] = far.bytesToClient();
            });
            return String.format("| %s | %,d | %,d | %,d / %,d | %,d |%n", name, median(near, Cost::nanos) / 1_000,
                    median(near, Cost::cpu) / 1_000, (far.bytesToServer() - before[0]) / few,
                    (far.bytesToClient() - before[1]) / few, median(distant, Cost::nanos) / 1_000_000);
        }
    }

    /** One way to reach a sink. TLS sessions belong to a factory, and there to a host and port. */
    private record Road(SinkProcess sink, int elsewhere, TlsMode mode, boolean resumed) {
        List<Cost> costs(int port, int count, Runnable begin) throws SmtpException {
            List<Cost> costs = new ArrayList<>();
            SocketTransportFactory factory = ready();
            if (resumed) {
                open(factory, port);
            }
            begin.run();
            for (int i = 0; i < count; i++) {
                costs.add(open(factory, port));
                if (!resumed) {
                    factory.close();
                    factory = ready();
                }
            }
            factory.close();
            return costs;
        }

        /** Has read its trust store, and knows nothing of the port that is measured. */
        private SocketTransportFactory ready() throws SmtpException {
            var factory = new SocketTransportFactory(sink.trustStore()
                    .map(store -> TrustSettings.with(store, TestCertificates.PASSWORD))
                    .orElse(TrustSettings.jdk()));
            open(factory, elsewhere);
            return factory;
        }

        private Cost open(SocketTransportFactory factory, int port) throws SmtpException {
            SmtpSettings settings = SmtpSettings.of("ann", "127.0.0.1", port).withTls(mode).withTrust(TrustMode.OWN)
                    .withSecret(Secret.password("secret"));
            long cpu = CPU.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            SmtpTransport link = factory.open(settings, Deadline.NEVER);
            Cost cost = new Cost(System.nanoTime() - start, CPU.getCurrentThreadCpuTime() - cpu);
            link.close();
            return cost;
        }
    }

    private static long median(List<Cost> costs, ToLongFunction<Cost> of) {
        long[] sorted = costs.stream().mapToLong(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
