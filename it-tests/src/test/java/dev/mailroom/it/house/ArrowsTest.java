package dev.mailroom.it.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Documentation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads all main sources: arrows run downwards, and each new one is a decision made in {@link House}. */
final class ArrowsTest {
    /** A package tells one story: what needs more files tells two. */
    private static final int MOST_FILES = 40;

    @Test
    void everyArrowInTheSourcesIsOneOfTheHouse() {
        List<Source> sources = Source.ofAllModules();
        assertFalse(sources.isEmpty(), "no sources were read");
        assertTrue(sources.stream().anyMatch(source -> source.packagesNamed().contains("dev.mailroom")),
                "a reader that finds no arrow at all proves nothing");
        assertEquals("", String.join("\n", sources.stream().flatMap(source -> source.wrongArrows().stream()).toList()));
    }

    @Test
    void theHouseHasNoArrowUpwards() {
        for (int i = 0; i < House.PLACES.size(); i++) {
            Place place = House.PLACES.get(i);
            List<String> below = House.PLACES.subList(0, i).stream().map(Place::name).toList();
            assertTrue(below.containsAll(place.ours()), place.name() + " may use only " + below);
        }
    }

    @Test
    void noPackageIsCrowded() {
        Map<String, Long> files = Source.ofAllModules().stream()
                .collect(Collectors.groupingBy(Source::packageName, Collectors.counting()));
        files.values().removeIf(count -> count <= MOST_FILES);
        assertEquals(Map.of(), files);
    }

    @Test
    void theArchitecturePageNamesEveryPackageInTheOrderOfTheHouse() {
        List<String> named = Pattern.compile("(?m)^\\| `(dev\\.mailroom[.\\w]*)` \\|")
                .matcher(Documentation.text("docs/architecture.md")).results().map(row -> row.group(1)).toList();
        assertEquals(House.PLACES.stream().map(Place::name).toList(), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "import dev.mailroom.session.SessionRegistry;",
        "import static dev.mailroom.cdi.Configuration.read;",
        "class A { dev.mailroom.connector.SmtpManagedConnection c; }",
        "class A { Object o = new dev . mailroom\n    .facade.Email(); }",
        "import jakarta.inject.Inject;",
        "import java.sql.Connection;",
        "import jakarta.mail.Session;",
        "class A { String s = \"/*\"; jakarta.ejb.EJB e; String t = \"*/\"; }",
        "import org.apache.anything.Thing;",
    })
    void anArrowThatTheHouseDoesNotHaveIsFound(String code) {
        assertEquals(1, source("dev.mailroom.transport", code).wrongArrows().size(), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "import dev.mailroom.smtp.Dialogue;",
        "import dev.mailroom.Failure;",
        "import java.net.Socket;",
        "/** As {@link dev.mailroom.session.SessionRegistry}. */ class A { }",
        "// dev.mailroom.session.SessionRegistry",
        "class A { String s = \"dev.mailroom.session.SessionRegistry\"; }",
    })
    void whatIsNoArrowOrAllowedIsNoFault(String code) {
        assertEquals(List.of(), source("dev.mailroom.transport", code).wrongArrows());
    }

    @Test
    void aPackageWithoutAPlaceIsFound() {
        assertEquals(1, source("dev.mailroom.helpers", "class A { }").wrongArrows().size());
    }

    @Test
    void aPackageInAnotherModuleThanItsOwnIsFound() {
        assertEquals(1, new Source("console", "A.java", "package dev.mailroom.pool; class A { }").wrongArrows().size());
    }

    private static Source source(String packageName, String code) {
        return new Source("adapter", "A.java", "package " + packageName + ";\n" + code);
    }
}
