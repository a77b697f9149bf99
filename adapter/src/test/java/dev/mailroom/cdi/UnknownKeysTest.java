package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.configuration.NearestName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownKeysTest {
    @ParameterizedTest
    @CsvSource({
        "mailroom.pool.max-totl, mailroom.pool.max-total",
        "mailroom.pool.maxTotal, mailroom.pool.max-total",
        "mailroom.pol.max-wait, mailroom.pool.max-wait",
        "mailroom.timeout.ceiling-of-replies, ",
        "mailroom.session.scope, mailroom.sessions.scope",
        "mailroom.session.billing.sever, mailroom.session.billing.server",
        "mailroom.session.billing@example.org.pasword, mailroom.session.billing@example.org.password",
        "mailroom.session.billing.timeout.repyl, mailroom.session.billing.timeout.reply",
        "mailroom.session.server, mailroom.session.<name>.server",
        "mailroom.conection-factory, mailroom.connection-factory",
        "mailroom.something.else.altogether, "})
    void aMisspeltKeyIsRefusedWithTheNearestName(String name, String nearest) {
        assertEquals(name + ": no such key" + (nearest == null ? "; docs/administration.md lists all keys"
                : "; did you mean " + nearest + "?"), Reading.problem(name, "hunter2"));
    }

    @Test
    void swappedLettersCountAsOneSlip() {
        assertEquals(1, NearestName.distance("server", "sevrer"));
        assertEquals(3, NearestName.distance("kitten", "sitting"));
        assertEquals(4, NearestName.distance("", "four"));
    }

    @Test
    void aSlipInTheMiddleOfManyKeysNamesEachOfThem() {
        List<String> problems = Reading.problems(MapConfig.of("mailroom.pool.max-totl", "1",
                "mailroom.pool.max-wait", "soon", "mailroom.session.a.port", "0", "mailroom.timeout.reply", "2h"));
        assertEquals(5, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith("mailroom.pool.max-wait = \"soon\" (from Properties): expected a duration"
                + " from 0 to 3650d, written like 500ms, 30s, 10m, 2h, 7d or PT1M30S"), problems.get(0));
    }

    @Test
    void otherSoftwaresKeysAreNobodysBusiness() {
        assertTrue(Reading.read(MapConfig.of("mail.smtp.host", "x", "mailrooms", "y")).warnings().isEmpty());
    }

    @Test
    void keysOfAModuleThatIsNotPartOfThisApplicationAreOnlyWarnedOf() {
        List<String> warnings = Reading.read(MapConfig.of("mailroom.console.password", "hunter2")).warnings();
        assertEquals(List.of("MR0401 mailroom.console.password is left alone: this application is without the module "
                + "that reads it"), warnings);
    }

    @Test
    void keysOfTheActiveProfileAreChecked() {
        MapConfig config = MapConfig.of("mp.config.profile", "dev", "%prod.mailroom.nonsense", "1");
        assertTrue(Reading.read(config).warnings().isEmpty());
        assertFalse(Reading.problems(config.and("%dev.mailroom.nonsense", "1")).isEmpty());
    }
}
