package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Documentation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation's tables of the API. */
class RestTableTest {
    private static final Pattern CALL = Pattern.compile("`(GET|POST|PUT|PATCH|DELETE) (/api/[^`?\\s]+)");

    @Test
    void everyCallIsDocumentedAndNoOther() throws Exception {
        Set<String> possible = resources().flatMap(RestTableTest::calls).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(possible.contains("GET /api/pool/{}"), possible.toString());
        Set<String> documented = CALL.matcher(Documentation.text("docs/console.md")).results()
                .map(call -> call.group(1) + " " + nameless(call.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", possible), String.join("\n", documented));
    }

    private static Stream<Class<?>> resources() throws IOException, URISyntaxException {
        java.nio.file.Path classes = java.nio.file.Path.of(
                PoolResource.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve("dev/mailroom/console/rest");
        try (Stream<java.nio.file.Path> files = Files.list(classes)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> loaded(name.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(Path.class)).toList().stream();
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName("dev.mailroom.console.rest." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> calls(Class<?> resource) {
        String root = "/api/" + resource.getAnnotation(Path.class).value();
        return Arrays.stream(resource.getDeclaredMethods()).flatMap(method -> method(method).stream()
                .map(verb -> verb + " " + nameless(Optional.ofNullable(method.getAnnotation(Path.class))
                        .map(path -> root + "/" + path.value()).orElse(root))));
    }

    private static Optional<String> method(Method method) {
        return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class)).filter(java.util.Objects::nonNull)
                .map(HttpMethod::value).findFirst();
    }

    private static String nameless(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }
}
