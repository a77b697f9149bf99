package dev.mailroom.cdi;

import static dev.mailroom.cdi.ConfiguredProperties.inEnvironment;

import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds names that belong to no key, or to more than one: they would silently have no effect, or too many effects. */
final class UnknownKeys {
    /** Groups of modules that an application may do without; its neighbour on the server may have them. */
    private static final List<String> MODULES = List.of("mailroom.spool.", "mailroom.console.");

    private final Set<String> known;
    /** What has names, and which. */
    private final Map<NamedKeys, Set<String>> named;

    UnknownKeys(Collection<String> known, Map<NamedKeys, Set<String>> named) {
        this.known = new TreeSet<>(known);
        this.named = Map.copyOf(named);
    }

    void report(ConfiguredProperties properties, Problems problems) {
        for (String name : properties.names()) {
            if (!known.contains(name) && NamedKeys.ALL.stream().allMatch(kind -> kind.parse(name).isEmpty())) {
                report(name, problems);
            }
        }
        Map<String, Set<String>> variables = variables();
        for (String variable : properties.environmentNames()) {
            Set<String> keys = variables.getOrDefault(variable.toUpperCase(Locale.ROOT), Set.of());
            if (keys.isEmpty()) {
                problems.warn("environment variable " + variable + " sets no key and is left alone, since the "
                        + "environment is shared with other software" + hint(variable, variables.keySet()));
            } else if (keys.size() > 1) {
                // Else one session's password would silently go to the other's server.
                problems.add("environment variable " + variable + " sets " + String.join(" as well as ", keys)
                        + ": expected names that differ in the environment too");
            }
        }
    }

    /** What each variable sets. */
    private Map<String, Set<String>> variables() {
        Map<String, Set<String>> variables = new TreeMap<>();
        known.forEach(key -> variables.computeIfAbsent(inEnvironment(key), any -> new TreeSet<>()).add(key));
        named.forEach((kind, owners) -> owners.forEach(owner -> kind.keys().forEach(key ->
                kind.spellings(owner, key).forEach(name ->
                        variables.computeIfAbsent(inEnvironment(name), any -> new TreeSet<>()).add(name)))));
        return variables;
    }

    private static String hint(String variable, Set<String> variables) {
        for (NamedKeys kind : NamedKeys.ALL) {
            if (variable.startsWith(kind.prefixInEnvironment() + "_")) {
                return "; a " + kind.kind() + " of such a name needs at least one property elsewhere that spells it";
            }
        }
        return nearest(variable, variables).map(key -> "; did you mean " + key + "?").orElse("");
    }

    private void report(String name, Problems problems) {
        if (MODULES.stream().anyMatch(group -> name.startsWith(group)
                && known.stream().noneMatch(key -> key.startsWith(group)))) {
            problems.warn(name + " is left alone: this application is without the module that reads it");
            return;
        }
        // The value is not shown: it may be a secret under a misspelt name.
        Map<String, String> candidates = candidates(name);
        problems.add(name + ": no such key" + nearest(name, candidates.keySet()).map(candidates::get)
                .map(key -> "; did you mean " + key + "?").orElse("; docs/administration.md lists all keys"));
    }

    /** A third of the letters that tell keys apart may be wrong. */
    private static Optional<String> nearest(String name, Collection<String> candidates) {
        return NearestName.to(name, candidates, Math.max(2, (name.length() - "mailroom.".length()) / 3));
    }

    /** How a key would be spelt in the place of this name, and how to show it. */
    private Map<String, String> candidates(String name) {
        Map<String, String> candidates = new TreeMap<>();
        known.forEach(key -> candidates.put(key, key));
        NamedKeys.ALL.forEach(kind -> kind.keys().forEach(key -> addCandidate(name, kind, key, candidates)));
        return candidates;
    }

    private static void addCandidate(
            String name, NamedKeys kind, ConfigurationKey<?> key, Map<String, String> candidates) {
        String suffix = kind.suffix(key);
        String owner = withoutLast(name, suffix.split("\\.").length);
        if (owner.length() > kind.prefix().length() && owner.startsWith(kind.prefix())) {
            candidates.put(owner + "." + suffix, owner + "." + suffix);
        } else {
            candidates.put(kind.prefix() + suffix, key.name());
        }
    }

    private static String withoutLast(String name, int segments) {
        int end = name.length();
        for (int i = 0; i < segments && end > 0; i++) {
            end = name.lastIndexOf('.', end - 1);
        }
        return name.substring(0, Math.max(0, end));
    }
}
