package dev.mailroom.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.benchmark.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TablesTest {
    @Test
    void aScenarioHasARowForEachContenderAndSaysWhoFailed() {
        String table = new Tables(Samples.results(Samples.result("x", "Mailroom", 20_000, 21_000, 19_000),
                Samples.result("x", "Peer", 9.5), Samples.failed("x", "Other", "no | luck"))).of(Scenario.of("x"));
        assertEquals("""
                **1 KiB, ready bytes, 1 sender, loopback, PIPELINING, CHUNKING** (`x`)

                | client | mails/s, median | least – most | of ours | round trips a mail | connections a mail | \
                client CPU, µs a mail | allocated, kB a mail |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                | Mailroom | 20,000 | 19,000 – 21,000 | 1.00x | 2.00 | 0.00 | 10 | 3.0 |
                | Peer | 9.50 | 9.50 – 9.50 | 0.00x | 2.00 | 0.00 | 10 | 3.0 |
                | Other | failed: no \\| luck |  |  |  |  |  |  |
                """, table);
    }

    @Test
    void theSummaryComparesWithTheBestJavaPeerAndWithC() {
        List<String> lines = new Tables(Samples.results(Samples.result("x", "Mailroom", 600),
                Samples.result("x", "slow", 100), Samples.result("x", "fast", 200),
                Samples.result("x", Results.IN_C, 400), Samples.result("x", "Angus open, tuned", 300),
                Samples.result("alone", "Mailroom", 1)))
                .summary().lines().toList();
        assertEquals(3, lines.size());
        assertEquals("| 1 KiB, ready bytes, 1 sender, loopback, PIPELINING, CHUNKING | 600 (600 – 600) | fast | 200 |"
                + " 3.00x | 2.00x | 1.50x | 2.00, 2.00 | 0.00, 0.00 | 10, 10 | 3.0, 3.0 |", lines.get(2));
    }

    @Test
    void everyDimensionOfAScenarioIsInItsTitle() {
        Scenario scenario = Scenario.of("x").size(1024 * 1024).composed().senders(8)
                .behind(java.time.Duration.ofMillis(20)).stream().secured().to(20, true).at(Scenario.Sink.COUNTING);
        assertEquals("1 MiB, composed, 8 senders, 20 ms, stream, STARTTLS + AUTH, 20 recipients, partial, PIPELINING",
                Titles.of(scenario));
        assertEquals(scenario, Scenario.parse(scenario.line()));
    }
}
