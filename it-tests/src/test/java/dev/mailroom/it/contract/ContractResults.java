package dev.mailroom.it.contract;

import dev.mailroom.testing.Documentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of the contract on each server when it was last run: check, server, result. */
final class ContractResults {
    private static final Path FILE = Documentation.file("it-tests/src/test/contract/results.tsv");
    private static final String PASSED = "passed";

    private final Map<String, Map<String, String>> byCheck = new TreeMap<>();

    static ContractResults read() throws IOException {
        var results = new ContractResults();
        if (Files.exists(FILE)) {
            for (String line : Files.readAllLines(FILE)) {
                String[] words = line.split("\t");
                results.put(words[0], words[1], words[2]);
            }
        }
        return results;
    }

    private void put(String check, String server, String result) {
        byCheck.computeIfAbsent(check, any -> new TreeMap<>()).put(server, result);
    }

    void put(String check, String server, boolean passed) {
        put(check, server, passed ? PASSED : "failed");
    }

    /** An earlier run is of no interest. @param server its name and major version */
    void forget(String check, String server) {
        byCheck.getOrDefault(check, new TreeMap<>()).keySet()
                .removeIf(column -> column.matches("\\Q" + server + "\\E\\D.*"));
    }

    void write() throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, byCheck.entrySet().stream().flatMap(check -> check.getValue().entrySet().stream()
                .map(result -> check.getKey() + "\t" + result.getKey() + "\t" + result.getValue() + "\n"))
                .collect(Collectors.joining()));
    }

    /** Whether a check was ever run anywhere. */
    boolean knows(String check) {
        return byCheck.containsKey(check);
    }

    /** The documentation's table: a row for each check, a column for each server. */
    String table() {
        var servers = byCheck.values().stream().flatMap(row -> row.keySet().stream()).distinct().sorted().toList();
        var table = new StringBuilder("| check | " + String.join(" | ", servers) + " |\n| --- |"
                + " --- |".repeat(servers.size()) + "\n");
        byCheck.forEach((check, row) -> table.append("| ").append(words(check)).append(" | ")
                .append(servers.stream().map(server -> shown(row.getOrDefault(server, "not run")))
                        .collect(Collectors.joining(" | "))).append(" |\n"));
        return table.toString();
    }

    private static String shown(String result) {
        return result.equals(PASSED) ? "yes" : "**" + result + "**";
    }

    private static String words(String method) {
        return method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
