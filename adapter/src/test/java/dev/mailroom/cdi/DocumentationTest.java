package dev.mailroom.cdi;

import static dev.mailroom.cdi.SessionKeys.suffix;

import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKey.Tier;
import dev.mailroom.testing.ConfigurationTable;
import dev.mailroom.testing.Documentation;
import dev.mailroom.testing.LogIds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void theTableAndTheCodeNameTheSameKeysAndDefaults() {
        Documentation.assertUpToDate("configuration", ConfigurationTable.of(keys()));
    }

    @Test
    void theReadmeNamesTheEssentialKeys() {
        Documentation.assertUpToDate("essential", ConfigurationTable.of(keys(), Tier.ESSENTIAL) + "\n");
    }

    private static List<ConfigurationKey<?>> keys() {
        return Stream.of(SessionKeys.ALL, MailboxKeys.ALL, MailroomKeys.ALL).flatMap(List::stream).toList();
    }

    @Test
    void thePageAndTheCodeNameTheSamePresets() {
        Documentation.assertUpToDate("presets", "\n| preset | sets | published at |\n| --- | --- | --- |\n"
                + Arrays.stream(Preset.values()).map(DocumentationTest::row).collect(Collectors.joining()) + "\n");
    }

    @Test
    void theLogsTableExplainsTheLinesThatAreLogged() throws Exception {
        LogIds.assertExplained("MR0(?:[1-4]\\d|8[0-4])\\d");
    }

    private static String row(Preset preset) {
        String sets = SessionKeys.ALL.stream().flatMap(key -> setting(preset, key)).collect(Collectors.joining(", "));
        return "| `" + preset.name().toLowerCase(Locale.ROOT).replace('_', '-') + "` | " + sets + " | "
                + String.join(", ", preset.sources().stream().map(source -> "<" + source + ">").toList()) + " |\n";
    }

    private static <T> Stream<String> setting(Preset preset, ConfigurationKey<T> key) {
        return preset.find(key).stream().map(value -> "`" + suffix(key) + "=" + key.type().print(value) + "`");
    }
}
