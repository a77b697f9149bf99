package dev.mailroom.benchmark.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.report.Result;
import dev.mailroom.benchmark.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The benchmark's short form: it says nothing of speed, but that every contender does what it is compared in. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class BenchmarkIT {
    @Test
    void everyContenderDeliversEveryMailInEveryModeAndTheReportIsWritten() throws IOException {
        List<Contender> contenders = Contenders.all();
        Results results = new Benchmark(contenders, Effort.SHORT, System.out::println).run(Scenarios.brief());

        assertEquals(List.of(), results.all().stream().filter(result -> result.failure().isPresent())
                .map(result -> result.scenario().name() + ", " + result.failure().get()).toList());
        for (Contender contender : contenders) {
            List<String> able = Scenarios.brief().stream().filter(contender::can)
                    .filter(scenario -> Server.available(scenario.sink())).map(Scenario::name).toList();
            assertEquals(able, results.all().stream().filter(it -> it.contender().equals(contender.name()))
                    .map(Result::scenario).map(Scenario::name).toList(), contender.name());
            assertTrue(!able.isEmpty() || contender instanceof SmtpSource, contender.name() + " takes no part");
        }
        assertEquals(4, results.idle().size());

        Path folder = Path.of("target", "benchmark-short");
        new Report(results, contenders, Effort.SHORT).writeTo(folder);
        String page = Files.readString(folder.resolve("benchmark.md"));
        results.all().forEach(result -> assertTrue(page.contains("| " + result.contender() + " | "), page));
        assertTrue(Files.readString(folder.resolve("benchmark.svg")).endsWith("</svg>\n"));
    }

    @Test
    void thePeersInCTakePart() {
        boolean there = Server.available(Scenario.Sink.SMTP_SINK) && Files.isExecutable(SmtpSource.PROGRAM);
        if (!Boolean.parseBoolean(System.getenv("MAILROOM_REQUIRE_SERVERS"))) {
            Assumptions.assumeTrue(there, "no smtp-source and smtp-sink: run apt-get install postfix");
        }
        assertTrue(there, "smtp-source and smtp-sink are missing: run apt-get install postfix");
    }
}
