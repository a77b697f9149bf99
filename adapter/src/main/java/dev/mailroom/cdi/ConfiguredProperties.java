package dev.mailroom.cdi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The part of the configuration that concerns Mailroom. Names come in two shapes: as they are written here
 * ({@code mailroom.pool.max-total}) and, from the environment, with everything but letters and digits turned into
 * {@code _} (MicroProfile Config 3.1, "Environment Variables Mapping Rules"), which cannot be turned back.
 */
final class ConfiguredProperties {
    private static final String OURS = "mailroom.";
    private static final String OURS_IN_ENVIRONMENT = "MAILROOM_";

    private final ConfigurationSources sources;
    private final SortedSet<String> names = new TreeSet<>();
    private final SortedSet<String> environment = new TreeSet<>();

    ConfiguredProperties(ConfigurationSources sources) {
        this.sources = sources;
        List<String> prefixes = sources.profiles().stream().map(profile -> "%" + profile + ".").toList();
        for (String name : sources.names()) {
            String plain = prefixes.stream().filter(name::startsWith).findFirst()
                    .map(prefix -> name.substring(prefix.length())).orElse(name);
            if (plain.startsWith(OURS)) {
                names.add(plain);
            } else if (plain.toUpperCase(Locale.ROOT).startsWith(OURS_IN_ENVIRONMENT)) {
                environment.add(plain);
            }
        }
    }

    /** Names that begin with {@code mailroom.}. */
    SortedSet<String> names() {
        return names;
    }

    /** Names in the shape of environment variables, as they are spelt there. */
    SortedSet<String> environmentNames() {
        return environment;
    }

    /** How the environment spells a name. */
    static String inEnvironment(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** What is configured under a name: a value, or the mention of one that resolves to nothing. */
    Optional<Found> find(String name) {
        ConfigurationSources.Value value = sources.find(name);
        if (value.text().isEmpty()) {
            return mentions(name) ? Optional.of(new Found(name, "", value.unresolved(), "")) : Optional.empty();
        }
        return Optional.of(new Found(name, value.text(), false, value.source()));
    }

    private boolean mentions(String name) {
        String mangled = inEnvironment(name);
        return names.contains(name) || environment.stream().anyMatch(mangled::equalsIgnoreCase);
    }

    /**
     * A value under its name.
     *
     * @param text empty = set to nothing
     * @param unresolved whether it is nothing because an expression in it names nothing
     * @param source where it was found, for people
     */
    record Found(String name, String text, boolean unresolved, String source) {
        @Override
        public String toString() {
            return name;
        }
    }
}
