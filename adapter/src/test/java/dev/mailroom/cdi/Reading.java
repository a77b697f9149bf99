package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mailroom.configuration.ConfigurationException;
import dev.mailroom.session.NamedSession;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Short ways to read a configuration in tests. */
final class Reading {
    private Reading() {
    }

    static MailroomConfiguration read(Config config) {
        return MailroomConfiguration.read(new MicroProfileSources(config), List.of());
    }

    static MailroomSettings settings(String... namesAndValues) {
        return read(MapConfig.of(namesAndValues)).settings();
    }

    /** The only named session of a configuration. */
    static NamedSession session(Config config) {
        List<NamedSession> sessions = read(config).settings().namedSessions();
        if (sessions.size() != 1) {
            throw new AssertionError("expected one session, got " + sessions);
        }
        return sessions.get(0);
    }

    /** Why a configuration is refused. */
    static List<String> problems(Config config) {
        return assertThrows(ConfigurationException.class, () -> read(config)).problems();
    }

    /** Why a configuration is refused, for the one reason there is. */
    static String problem(String... namesAndValues) {
        List<String> problems = problems(MapConfig.of(namesAndValues));
        if (problems.size() != 1) {
            throw new AssertionError("expected one problem, got " + problems);
        }
        return problems.get(0);
    }
}
