package dev.mailroom.microprofile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server without MicroProfile Health or Metrics: a class loader that has all but these. */
class AbsentApisTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Pattern EXCLUDED = Pattern.compile(
            "<exclude name=\"([\\w.]+)\">\\s*<if-class-not-available name=\"([\\w.]+)\"/>");

    @ParameterizedTest
    @ValueSource(strings = {"", "health", "metrics", "health metrics"})
    void theContainerLooksAtNoClassThatCannotBeLoadedThere(String missing) throws Exception {
        try (URLClassLoader server = serverWithout(missing)) {
            Set<String> unloadable = new TreeSet<>();
            for (String name : classes()) {
                if (!loads(server, name)) {
                    unloadable.add(name);
                }
            }
            assertEquals(unloadable, excluded(server));
            assertEquals(missing.isEmpty(), unloadable.isEmpty(), "this test would notice nothing");
        }
    }

    /** What a container does with a class first. */
    private static boolean loads(ClassLoader server, String name) {
        try {
            Class<?> type = Class.forName(name, false, server);
            type.getDeclaredMethods();
            type.getDeclaredConstructors();
            type.getDeclaredFields();
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }

    private static Set<String> excluded(ClassLoader server) throws IOException {
        String beans = Files.readString(CLASSES.resolve("META-INF/beans.xml"));
        return EXCLUDED.matcher(beans).results().filter(rule -> !loads(server, rule.group(2)))
                .map((MatchResult rule) -> rule.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString()).filter(file -> file.endsWith(".class"))
                    .filter(file -> !file.contains("package-info"))
                    .map(file -> file.substring(0, file.length() - 6).replace(File.separatorChar, '.')).toList();
        }
    }

    private static URLClassLoader serverWithout(String missing) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String file = new File(entry).getName();
            if (missing.isEmpty() || Stream.of(missing.split(" "))
                    .noneMatch(api -> file.startsWith("microprofile-" + api + "-api"))) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
