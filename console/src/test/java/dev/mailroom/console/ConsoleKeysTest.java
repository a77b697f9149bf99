package dev.mailroom.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKeys;
import dev.mailroom.testing.ConfigurationTable;
import dev.mailroom.testing.Documentation;
import dev.mailroom.testing.GivenValues;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleKeysTest {
    private static GivenValues values(Map<ConfigurationKey<?>, String> set) {
        return new GivenValues(set);
    }

    @Test
    void theTableListsEveryKey() {
        Documentation.assertUpToDate("console", ConfigurationTable.of(new ConsoleKeys().keys()));
    }

    @Test
    void theCatalogueFindsTheKeys() {
        assertTrue(ServiceLoader.load(ConfigurationKeys.class).stream()
                .anyMatch(provider -> provider.type() == ConsoleKeys.class));
    }

    @Test
    void thePlainWarHasNoDevelopmentMailboxAndARandomPassword() {
        assertEquals(new ConsoleSettings(Secret.none(), false,
                new MailboxPorts(3025, OptionalInt.of(3110), OptionalInt.of(3143)), 500, 25 * 1024 * 1024,
                Runtime.getRuntime().maxMemory() / 16, false),
                ConsoleSettings.of(values(Map.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "0", "OFF"})
    void readingTheDevelopmentMailboxCanBeOff(String word) {
        MailboxPorts ports = ConsoleSettings.of(values(Map.of(
                ConsoleKeys.MAILBOX_POP3_PORT, word, ConsoleKeys.MAILBOX_IMAP_PORT, word))).mailboxPorts();
        assertEquals(new MailboxPorts(3025, OptionalInt.empty(), OptionalInt.empty()), ports);
        assertEquals(List.of(), new ConsoleKeys().contradictions(values(Map.of(
                ConsoleKeys.MAILBOX_POP3_PORT, word, ConsoleKeys.MAILBOX_IMAP_PORT, word))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "many", ""})
    void aPortThatIsNoneIsRefused(String port) {
        String message = assertThrows(IllegalArgumentException.class,
                () -> ConsoleKeys.MAILBOX_IMAP_PORT.type().parse(port)).getMessage();
        assertTrue(message.startsWith("expected"), message);
    }

    @Test
    void twoServersOnOnePortAreAContradiction() {
        assertEquals(List.of("mailroom.console.mailbox-port and mailroom.console.mailbox-imap-port are both 3025: "
                + "expected a port of its own for each"), new ConsoleKeys().contradictions(
                        values(Map.of(ConsoleKeys.MAILBOX_IMAP_PORT, "3025"))));
    }

    @Test
    void settingsNeverShowThePassword() {
        ConsoleSettings settings = ConsoleSettings.of(values(Map.of(ConsoleKeys.PASSWORD, "hunter2")));
        assertEquals("hunter2", settings.password().value());
        assertFalse(settings.toString().contains("hunter2"));
    }

    @Test
    void aBudgetOfRequestsCanBeSet() {
        assertEquals(2 * 1024 * 1024,
                ConsoleSettings.of(values(Map.of(ConsoleKeys.REQUEST_BUDGET, "2MiB"))).requestBudget());
    }

    @Test
    void aShortPasswordIsRefusedWhereANetworkMayReachTheConsoleUnlessItIsAskedFor() {
        String refused = "mailroom.console.password is shorter than 12 characters";
        for (Map<ConfigurationKey<?>, String> reachable : List.<Map<ConfigurationKey<?>, String>>of(
                Map.of(ConsoleKeys.PASSWORD, "hunter2"),
                Map.of(ConsoleKeys.PASSWORD, "hunter2", ConsoleKeys.ADDRESS, "0.0.0.0"))) {
            assertTrue(new ConsoleKeys().contradictions(values(reachable)).get(0).startsWith(refused));
        }
        for (Map<ConfigurationKey<?>, String> wanted : List.<Map<ConfigurationKey<?>, String>>of(
                Map.of(ConsoleKeys.PASSWORD, "hunter2", ConsoleKeys.ADDRESS, "127.0.0.1"),
                Map.of(ConsoleKeys.PASSWORD, "hunter2", ConsoleKeys.ALLOW_INSECURE, "on"))) {
            assertEquals(List.of(), new ConsoleKeys().contradictions(values(wanted)));
            assertTrue(ConsoleSettings.of(values(wanted)).shortPassword());
        }
        assertEquals(List.of(), new ConsoleKeys().contradictions(
                values(Map.of(ConsoleKeys.PASSWORD, "twelve chars"))));
    }

    @Test
    void twoPasswordsAreAContradictionThatShowsNeither() {
        List<String> contradictions = new ConsoleKeys().contradictions(
                values(Map.of(ConsoleKeys.PASSWORD, "hunter2", ConsoleKeys.PASSWORD_FILE, "/secret")));
        assertEquals(List.of("mailroom.console.password and mailroom.console.password-file are both set: "
                + "expected one of them"), contradictions);
    }
}
