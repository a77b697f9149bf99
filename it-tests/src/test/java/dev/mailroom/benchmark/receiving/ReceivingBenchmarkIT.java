package dev.mailroom.benchmark.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.benchmark.receiving.ReceivingTable.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The benchmark's short form: it says nothing of speed, but that every reader does the same. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class ReceivingBenchmarkIT {
    @Test
    void everyReaderReadsEveryMailAndOursWaitsForFewRoundTrips() throws Exception {
        ReceivingTable table = new ReceivingBenchmark(ReceivingBenchmark.Effort.SHORT, System.out::println).run();
        assertEquals(6 * 3 - 1, table.rows().size());
        List<Row> ours = table.rows().stream().filter(row -> row.reader().equals(ReceivingTable.OURS)).toList();
        ours.forEach(row -> assertTrue(row.roundTrips() < Math.max(10, row.mails() / 2), row.toString()));
        assertTrue(table.markdown().contains("| IMAP, 150 headers | Mailroom |"), table.markdown());
        assertTrue(Parsing.markdown(10).contains("Mime4j"));
    }
}
