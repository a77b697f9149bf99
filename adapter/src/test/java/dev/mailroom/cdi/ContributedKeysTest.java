package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.configuration.ConfigurationException;
import dev.mailroom.configuration.ConfigurationKey.Tier;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKeys;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.configuration.ConfigurationValues;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContributedKeysTest {
    private static final ConfigurationKey<Integer> ATTEMPTS = ConfigurationKey.of("mailroom.spool.max-attempts",
            ConfigurationType.number(1, 100), 10, Tier.RARELY, "How often.");
    private static final ConfigurationKey<String> DATA_SOURCE = ConfigurationKey.optional("mailroom.spool.datasource",
            ConfigurationType.text(), "embedded", Tier.OFTEN, "Where.");

    /** What the spool's module might bring along. */
    private static final class SpoolKeys implements ConfigurationKeys {
        @Override
        public List<ConfigurationKey<?>> keys() {
            return List.of(ATTEMPTS, DATA_SOURCE);
        }

        @Override
        public List<String> contradictions(ConfigurationValues values) {
            return values.get(ATTEMPTS) == 13 ? List.of(ATTEMPTS + " = 13 is bad luck: expected another number")
                    : List.of();
        }
    }

    private static ConfigurationValues read(String... namesAndValues) {
        return MailroomConfiguration.read(
                new MicroProfileSources(MapConfig.of(namesAndValues)), List.of(new SpoolKeys())).values();
    }

    private static String refused(String... namesAndValues) {
        return assertThrows(ConfigurationException.class, () -> read(namesAndValues)).getMessage();
    }

    @Test
    void anotherModulesKeysAreReadWithTheirDefaults() {
        assertEquals(10, read().get(ATTEMPTS));
        assertEquals(7, read("mailroom.spool.max-attempts", "7").get(ATTEMPTS));
        assertEquals("jdbc/mail", read("mailroom.spool.datasource", "jdbc/mail").find(DATA_SOURCE).orElseThrow());
        assertTrue(read().find(DATA_SOURCE).isEmpty());
    }

    @Test
    void itsProblemsStandBesideAllOthersInOneException() {
        String message = refused("mailroom.spool.max-attempts", "0", "mailroom.spool.max-atempts", "1",
                "mailroom.pool.max-total", "0");
        assertEquals("Mailroom's configuration has 3 problems:\n"
                + " - mailroom.pool.max-total = \"0\" (from Properties): expected a whole number from 1 to 1000000\n"
                + " - mailroom.spool.max-attempts = \"0\" (from Properties): expected a whole number from 1 to 100\n"
                + " - mailroom.spool.max-atempts: no such key; did you mean mailroom.spool.max-attempts?", message);
    }

    @Test
    void itsContradictionsStopTheDeploymentToo() {
        assertEquals("Mailroom's configuration has a problem:\n - mailroom.spool.max-attempts = 13 is bad luck: "
                + "expected another number", refused("mailroom.spool.max-attempts", "13"));
    }

    @Test
    void settingAKeyToItsDefaultIsTold() {
        assertTrue(read("mailroom.spool.max-attempts", "10").isSet(ATTEMPTS));
        assertFalse(read().isSet(ATTEMPTS));
    }

    @Test
    void aKeyThatNobodyContributedIsAMistakeInTheCode() {
        var stray = ConfigurationKey.of("mailroom.stray", ConfigurationType.onOff(), true, Tier.RARELY, "Nothing.");
        assertThrows(IllegalArgumentException.class, () -> read().get(stray));
        assertThrows(IllegalArgumentException.class, () -> read().get(DATA_SOURCE));
    }
}
