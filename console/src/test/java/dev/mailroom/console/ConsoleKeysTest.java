package dev.mailroom.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.ConfigurationKey;
import dev.mailroom.ConfigurationKeys;
import dev.mailroom.ConfigurationValues;
import dev.mailroom.Secret;
import dev.mailroom.testing.ConfigurationTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ConsoleKeysTest {
    private static ConfigurationValues values(Map<ConfigurationKey<?>, String> set) {
        return new ConfigurationValues() {
            @Override
            public <T> Optional<T> find(ConfigurationKey<T> key) {
                return Optional.ofNullable(set.get(key)).map(key.type()::parse).or(key::fallback);
            }

            @Override
            public boolean isSet(ConfigurationKey<?> key) {
                return set.containsKey(key);
            }
        };
    }

    @Test
    void theReadmeListsEveryKey() throws IOException {
        ConfigurationTable.assertUpToDate("console", ConfigurationTable.of(new ConsoleKeys().keys()));
    }

    @Test
    void theCatalogueFindsTheKeys() {
        assertTrue(ServiceLoader.load(ConfigurationKeys.class).stream()
                .anyMatch(provider -> provider.type() == ConsoleKeys.class));
    }

    @Test
    void thePlainWarHasNoDevelopmentMailboxAndARandomPassword() {
        assertEquals(new ConsoleSettings(Secret.none(), false, 3025, 500, 25 * 1024 * 1024),
                ConsoleSettings.of(values(Map.of())));
    }

    @Test
    void settingsNeverShowThePassword() {
        ConsoleSettings settings = ConsoleSettings.of(values(Map.of(ConsoleKeys.PASSWORD, "hunter2")));
        assertEquals("hunter2", settings.password().value());
        assertFalse(settings.toString().contains("hunter2"));
    }

    @Test
    void twoPasswordsAreAContradictionThatShowsNeither() {
        List<String> contradictions = new ConsoleKeys().contradictions(
                values(Map.of(ConsoleKeys.PASSWORD, "hunter2", ConsoleKeys.PASSWORD_FILE, "/secret")));
        assertEquals(List.of("mailroom.console.password and mailroom.console.password-file are both set: "
                + "expected one of them"), contradictions);
    }
}
