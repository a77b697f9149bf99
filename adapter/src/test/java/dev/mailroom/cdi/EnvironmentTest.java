package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void aVariableSetsAKeyOfTheWholeApplication() {
        var configuration = Reading.read(MapConfig.of().environment("MAILROOM_POOL_MAX_TOTAL", "77"));
        assertEquals(77, configuration.settings().pool().maxTotal());
        assertTrue(configuration.warnings().isEmpty());
    }

    @Test
    void variablesAloneDefineASession() {
        var session = Reading.session(new MapConfig().environment("MAILROOM_SESSION_MY_SHOP_SERVER", "mail")
                .environment("MAILROOM_SESSION_MY_SHOP_MAX_CONNECTIONS", "3")
                .environment("MAILROOM_SESSION_MY_SHOP_PASSWORD", "s3cret"));
        assertEquals("my-shop", session.name());
        assertEquals(3, session.settings().limits().maxConnections());
        assertEquals(Secret.password("s3cret"), session.settings().secret());
    }

    @Test
    void aVariableCompletesASessionThatAPropertySpells() {
        for (String name : List.of("billing@example.org", "\"billing@example.org\"")) {
            String variable = ConfiguredProperties.inEnvironment("mailroom.session." + name + ".password");
            var configuration = Reading.read(MapConfig.of("mailroom.session." + name + ".server", "mail")
                    .environment(variable, "s3cret"));
            assertEquals(Secret.password("s3cret"),
                    configuration.settings().namedSessions().get(0).settings().secret());
            assertEquals(List.of(), configuration.warnings());
        }
    }

    @Test
    void aVariableThatIsNoKeyIsLeftAloneWithAWarning() {
        List<String> warnings = Reading.read(MapConfig.of().environment("MAILROOM_SERVICE_HOST", "10.0.0.1")
                .environment("MAILROOM_POOL_MAX_TOTL", "8")).warnings();
        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("did you mean MAILROOM_POOL_MAX_TOTAL?"), warnings.get(0));
        assertTrue(warnings.get(1).startsWith("MR0401 environment variable MAILROOM_SERVICE_HOST sets no key"));
    }

    @Test
    void aVariableOfASessionItCannotNameSaysWhatIsNeeded() {
        List<String> warnings = Reading.read(MapConfig.of()
                .environment("MAILROOM_SESSION__A_EXAMPLE_ORG__SERVER", "mail")).warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("needs at least one property elsewhere that spells it"), warnings.get(0));
    }

    @Test
    void aVariableThatWouldReachTwoSessionsIsRefused() {
        MapConfig config = MapConfig.of("mailroom.session.a.b.server", "mail", "mailroom.session.a-b.server", "other");
        assertEquals(2, Reading.read(config).settings().namedSessions().size());
        assertEquals(List.of("environment variable MAILROOM_SESSION_A_B_PASSWORD sets "
                + "mailroom.session.a-b.password as well as mailroom.session.a.b.password: "
                + "expected names that differ in the environment too"),
                Reading.problems(config.environment("MAILROOM_SESSION_A_B_PASSWORD", "s3cret")));
    }

    @Test
    void anEmptyVariableIsRefusedBecauseItHidesTheValueBelow() {
        List<String> problems = Reading.problems(MapConfig.of("mailroom.session.a.server", "mail",
                "mailroom.session.a.password", "s3cret").environment("MAILROOM_SESSION_A_PASSWORD", ""));
        assertEquals(List.of("mailroom.session.a.password is set to nothing: give it a value or take the key away"),
                problems);
    }

    @Test
    void anEmptyVariableIsRefusedWhereNothingIsBelowItToo() {
        assertEquals(List.of("mailroom.pool.max-total is set to nothing: give it a value or take the key away"),
                Reading.problems(new MapConfig().environment("MAILROOM_POOL_MAX_TOTAL", "")));
    }

    @Test
    void anExpressionThatNamesNothingIsRefusedInsteadOfSendingWithoutAPassword() {
        assertEquals("mailroom.session.a.password is set to an expression ${...} that resolves to nothing: "
                + "define what it names", Reading.problem("mailroom.session.a.server", "mail",
                "mailroom.session.a.password", "${SMTP_PASSWORD}"));
        assertEquals(Secret.password("s3cret"), Reading.session(MapConfig.of("mailroom.session.a.server", "mail",
                "mailroom.session.a.password", "${SMTP_PASSWORD}").environment("SMTP_PASSWORD", "s3cret"))
                .settings().secret());
    }
}
