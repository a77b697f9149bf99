package dev.mailroom.cdi;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * The part of MicroProfile Config that concerns Mailroom. Names come in two shapes: as they are written here
 * ({@code mailroom.pool.max-total}) and, from the environment, with everything but letters and digits turned into
 * {@code _} (MicroProfile Config 3.1, "Environment Variables Mapping Rules"), which cannot be turned back.
 */
final class ConfiguredProperties {
    private static final String OURS = "mailroom.";
    private static final String OURS_IN_ENVIRONMENT = "MAILROOM_";

    private final Config config;
    private final SortedSet<String> names = new TreeSet<>();
    private final SortedSet<String> environment = new TreeSet<>();

    ConfiguredProperties(Config config) {
        this.config = config;
        String profile = config.getOptionalValue(Config.PROFILE, String.class).map(p -> "%" + p + ".").orElse("");
        for (String name : config.getPropertyNames()) {
            String plain = !profile.isEmpty() && name.startsWith(profile) ? name.substring(profile.length()) : name;
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
        var value = config.getConfigValue(name);
        if (value.getValue() == null || value.getValue().isEmpty()) {
            boolean unresolved = value.getRawValue() != null && value.getRawValue().contains("${");
            return mentions(name) ? Optional.of(new Found(name, "", unresolved, "")) : Optional.empty();
        }
        String source = value.getSourceName() == null ? "" : value.getSourceName();
        return Optional.of(new Found(name, value.getValue(), false, source));
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
