package dev.mailroom.testing;

import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKey.Tier;
import java.util.List;
import java.util.Map;

/** The configuration tables of the documentation, written from the keys in the code. */
public final class ConfigurationTable {
    private static final Map<Tier, String> HEADINGS = Map.of(Tier.ESSENTIAL, "Essential",
            Tier.OFTEN, "Often", Tier.RARELY, "Rarely");

    private ConfigurationTable() {
    }

    /** The keys in three tiers, in Markdown. */
    public static String of(List<ConfigurationKey<?>> keys) {
        var table = new StringBuilder();
        for (Tier tier : Tier.values()) {
            if (keys.stream().anyMatch(key -> key.tier() == tier)) {
                table.append("\n**").append(HEADINGS.get(tier)).append("**\n").append(of(keys, tier));
            }
        }
        return table + "\n";
    }

    /** The keys of one tier alone, in Markdown. */
    public static String of(List<ConfigurationKey<?>> keys, Tier tier) {
        var table = new StringBuilder("\n| key | type | default | meaning |\n| --- | --- | --- | --- |\n");
        keys.stream().filter(key -> key.tier() == tier)
                .forEach(key -> table.append("| `").append(key.name()).append("` | ").append(key.type().name())
                        .append(" | ").append(key.defaultText()).append(" | ").append(key.meaning()).append(" |\n"));
        return table.toString();
    }
}
