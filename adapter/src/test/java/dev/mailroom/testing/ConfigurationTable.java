package dev.mailroom.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.ConfigurationKey;
import dev.mailroom.ConfigurationKey.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The README's configuration tables, written from the keys in the code. A table stands between two comments,
 * {@code <!-- NAME:begin -->} and {@code <!-- NAME:end -->}; {@code -Dmailroom.readme.write=true} rewrites it.
 */
public final class ConfigurationTable {
    private static final Map<Tier, String> HEADINGS = Map.of(Tier.ESSENTIAL, "Essential",
            Tier.OFTEN, "Often", Tier.RARELY, "Rarely");

    private ConfigurationTable() {
    }

    /** The keys in three tiers, in Markdown. */
    public static String of(List<ConfigurationKey<?>> keys) {
        var table = new StringBuilder();
        for (Tier tier : Tier.values()) {
            List<ConfigurationKey<?>> rows = keys.stream().filter(key -> key.tier() == tier).toList();
            if (!rows.isEmpty()) {
                table.append("\n**").append(HEADINGS.get(tier)).append("**\n\n")
                        .append("| key | type | default | meaning |\n| --- | --- | --- | --- |\n");
                rows.forEach(key -> table.append("| `").append(key.name()).append("` | ").append(key.type().name())
                        .append(" | ").append(key.defaultText()).append(" | ").append(key.meaning()).append(" |\n"));
            }
        }
        return table + "\n";
    }

    /** Compares, or rewrites when told to. Run with the module's folder as working directory. */
    public static void assertUpToDate(String name, String expected) throws IOException {
        Path readme = Path.of("../README.md");
        String text = Files.readString(readme);
        String begin = "<!-- " + name + ":begin -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- " + name + ":end -->");
        if (from < begin.length() || to < from) {
            throw new AssertionError(readme + " has no " + begin.strip() + " with its end");
        }
        if (Boolean.getBoolean("mailroom.readme.write")) {
            Files.writeString(readme, text.substring(0, from) + expected + text.substring(to));
        } else {
            assertEquals(expected, text.substring(from, to),
                    "README.md is not what the code says; rewrite it with -Dmailroom.readme.write=true");
        }
    }
}
