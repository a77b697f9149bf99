package dev.mailroom.benchmark.receiving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was measured, as Markdown. */
final class ReceivingTable {
    static final String OURS = "Mailroom";

    private final List<Row> rows = new ArrayList<>();

    /**
     * One measurement.
     *
     * @param task what was done
     * @param reader by whom
     * @param mails how many mails it was
     * @param time how long it took, without opening
     * @param roundTrips how often it spoke after it had heard something
     * @param allocated octets
     */
    record Row(String task, String reader, int mails, Duration time, int roundTrips, long allocated) {
    }

    void add(Row row) {
        rows.add(row);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** The tables. */
    String markdown() {
        StringBuilder page = new StringBuilder("| task | reader | s | round trips | against the best peer | allocated,"
                + " kB a mail |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Row row : rows) {
            page.append("| ").append(row.task()).append(" | ").append(row.reader()).append(" | ")
                    .append(decimals(row.time().toMillis() / 1000.0)).append(" | ")
                    .append(String.format(Locale.ROOT, "%,d", row.roundTrips())).append(" | ")
                    .append(row.reader().equals(OURS) ? against(row) : "").append(" | ")
                    .append(decimals(row.allocated() / 1000.0 / row.mails())).append(" |\n");
        }
        return page.toString();
    }

    private String against(Row ours) {
        Optional<Row> best = rows.stream().filter(row -> row.task().equals(ours.task()) && !row.reader().equals(OURS))
                .min(Comparator.comparing(Row::time));
        return best.map(peer -> decimals((double) peer.time().toNanos() / ours.time().toNanos()) + "x "
                + peer.reader()).orElse("");
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }
}
