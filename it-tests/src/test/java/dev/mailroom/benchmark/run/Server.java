package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Cores;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Sink;
import dev.mailroom.benchmark.Target;
import dev.mailroom.testing.DelayRelay;
import dev.mailroom.testing.SinkCounts;
import dev.mailroom.testing.SinkProcess;
import dev.mailroom.testing.SinkSettings;
import dev.mailroom.testing.TestCertificates;
import java.io.IOException;
import java.util.Optional;

/** What a scenario's mails go to: a sink in a process of its own, behind a slow network where asked for. */
interface Server extends AutoCloseable {
    /** Where contenders connect to. */
    Target target();

    /** What it has seen so far; empty = it does not count. */
    Optional<SinkCounts> counts();

    @Override
    void close();

    /** Whether there can be such a server on this machine. */
    static boolean available(Sink sink) {
        return sink != Sink.SMTP_SINK || SmtpSink.available();
    }

    /** Starts it. */
    static Server start(Scenario scenario) throws IOException {
        return scenario.sink() == Sink.SMTP_SINK ? SmtpSink.start(scenario) : counting(scenario);
    }

    private static Server counting(Scenario scenario) {
        SinkSettings settings = SinkSettings.ALL.behind(scenario.roundTrip());
        if (scenario.sink() == Sink.COUNTING) {
            settings = settings.without("CHUNKING");
        }
        if (scenario.secure()) {
            settings = settings.with(SinkSettings.Tls.STARTTLS).withAuth();
        }
        SinkProcess sink = Cores.prefix(scenario).isEmpty()
                ? SinkProcess.start(settings) : SinkProcess.startOnCpu(0, settings);
        Optional<DelayRelay> relay = scenario.roundTrip().isZero() ? Optional.empty()
                : Optional.of(DelayRelay.to(sink.port(), scenario.roundTrip().dividedBy(2)));
        Target target = new Target(relay.map(DelayRelay::port).orElse(sink.port()), sink.trustStore(),
                TestCertificates.PASSWORD);
        return new Server() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public Optional<SinkCounts> counts() {
                return Optional.of(sink.counts());
            }

            @Override
            public void close() {
                relay.ifPresent(DelayRelay::close);
                sink.close();
            }
        };
    }
}
