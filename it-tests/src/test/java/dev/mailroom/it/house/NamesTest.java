package dev.mailroom.it.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A name that stands alone in a message, a stack trace or a conversation means one thing. */
final class NamesTest {
    private static final Pattern DECLARED = Pattern.compile("(?<![\\w.])(?:class|interface|enum|record)"
            + "\\s+([A-Z]\\w*)(?=\\s*(?:[<({]|(?:extends|implements|permits)\\b))");

    @Test
    void noSimpleNameIsUsedTwice() {
        List<Source> sources = Source.ofAllModules();
        assertFalse(sources.isEmpty(), "no sources were read");
        assertEquals(Map.of(), usedTwice(sources));
    }

    @Test
    void aNameThatIsUsedTwiceIsFound() {
        Source one = new Source("adapter", "One.java", "final class One { record Step(int n) { } }");
        Source step = new Source("console", "Step.java", "/** class One */ public interface Step extends Runnable { }");
        assertEquals(Map.of("Step", List.of("One.java", "Step.java")), usedTwice(List.of(one, step)));
    }

    private static Map<String, List<String>> usedTwice(Collection<Source> sources) {
        Map<String, List<String>> places = sources.stream()
                .flatMap(source -> DECLARED.matcher(source.code()).results()
                        .map(match -> Map.entry(match.group(1), source.path())))
                .collect(Collectors.groupingBy(Map.Entry::getKey, TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        places.values().removeIf(files -> files.size() == 1);
        return places;
    }
}
