package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.configuration.ConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without MicroProfile Config is configured in the same places. */
class StandardSourcesTest {
    @TempDir
    private Path directory;
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    private ConfigurationSources sources(String... files) throws IOException {
        URL[] libraries = new URL[files.length];
        for (int library = 0; library < files.length; library++) {
            Path file = directory.resolve(library + "/META-INF/microprofile-config.properties");
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[library]);
            libraries[library] = directory.resolve(String.valueOf(library)).toUri().toURL();
        }
        try (var loader = new URLClassLoader(libraries, ClassLoader.getPlatformClassLoader())) {
            return StandardSources.of(system, environment, loader);
        }
    }

    private String text(String name, String... files) throws IOException {
        return sources(files).find(name).text();
    }

    @Test
    void aSystemPropertyStandsBeforeTheEnvironmentAndThatBeforeTheApplicationsFiles() throws IOException {
        String files = "mailroom.pool.max-total=1";
        assertEquals("1", text("mailroom.pool.max-total", files, "mailroom.pool.max-total=2"));
        environment.put("MAILROOM_POOL_MAX_TOTAL", "3");
        assertEquals("3", text("mailroom.pool.max-total", files));
        assertEquals("the environment", sources(files).find("mailroom.pool.max-total").source());
        system.setProperty("mailroom.pool.max-total", "4");
        assertEquals("4", text("mailroom.pool.max-total", files));
    }

    @Test
    void anOrdinalInASourceMovesTheSource() throws IOException {
        environment.put("mailroom_x", "environment");
        assertEquals("second", text("mailroom.x", "mailroom.x=first",
                "config_ordinal=350\nmailroom.x=second"));
    }

    @Test
    void variablesAreFoundUnderTheirMappedNames() throws IOException {
        environment.put("MAILROOM_SESSION_BILLING_SERVER", "upper");
        environment.put("mailroom_session_shop_server", "lower");
        environment.put("mailroom.session.plain.server", "plain");
        assertEquals("upper", text("mailroom.session.billing.server"));
        assertEquals("lower", text("mailroom.session.shop.server"));
        assertEquals("plain", text("mailroom.session.plain.server"));
        assertEquals("", text("mailroom.session.other.server"));
    }

    @Test
    void anEmptyValueHidesThoseBelow() throws IOException {
        system.setProperty("mailroom.x", "");
        assertEquals("", text("mailroom.x", "mailroom.x=file"));
    }

    @Test
    void expressionsAreResolvedAndWhatNamesNothingIsSaidToBe() throws IOException {
        environment.put("HOST", "mail");
        system.setProperty("which", "HOST");
        system.setProperty("escaped", "\\${HOST}");
        system.setProperty("default", "${NONE:fall${HOST}back}");
        system.setProperty("nested", "${${which}}.example.com");
        system.setProperty("missing", "a${NONE}");
        system.setProperty("circle", "${circle}");
        system.setProperty("unclosed", "${HOST");
        assertEquals("${HOST}", text("escaped"));
        assertEquals("fallmailback", text("default"));
        assertEquals("mail.example.com", text("nested"));
        for (String nothing : List.of("missing", "circle", "unclosed")) {
            assertEquals(new ConfigurationSources.Value("", true, ""), sources().find(nothing), nothing);
        }
    }

    @Test
    void mistakesAreTheSameOnAServerWithMicroProfileConfigAndOnOneWithout() throws IOException {
        String file = """
                mailroom.pool.max-totl=5
                mailroom.pool.max-wait=soon
                mailroom.session.billing.server=mail.example.com
                mailroom.session.billing.password=${SECRET}
                """;
        var config = MapConfig.of();
        Properties same = new Properties();
        same.load(new StringReader(file));
        same.forEach((name, value) -> config.and((String) name, (String) value));
        List<String> expected = Reading.problems(config).stream()
                .map(problem -> problem.replace(" (from Properties)", "")).toList();
        ConfigurationSources without = sources(file);
        List<String> problems = assertThrows(ConfigurationException.class,
                () -> MailroomConfiguration.read(without, List.of())).problems();
        assertEquals(expected, problems.stream()
                .map(problem -> problem.replaceAll(" \\(from file:.*?\\)", "")).toList());
        assertEquals(3, problems.size());
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("(from file:")), problems.toString());
    }

    /** The very class that the container calls, where the API's classes are absent. */
    @Test
    void theDeploymentReadsItWhereTheApiIsAbsent() throws Exception {
        Path file = Files.createDirectories(directory.resolve("META-INF")).resolve("microprofile-config.properties");
        Files.writeString(file, "mailroom.session.billing.server=mail.example.com\n");
        try (URLClassLoader server = AbsentConfig.server(directory)) {
            assertFalse(AbsentConfig.hasApi(server));
            String read = AbsentConfig.sessions(server);
            assertTrue(read.contains("billing") && read.contains("mail.example.com"), read);
        }
    }
}
