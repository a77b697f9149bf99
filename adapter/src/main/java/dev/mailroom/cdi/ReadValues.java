package dev.mailroom.cdi;

import dev.mailroom.cdi.ConfiguredProperties.Found;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationValues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of some keys, each read once; what could not be understood is a problem and counts as not set. */
final class ReadValues implements ConfigurationValues {
    private static final int SHOWN = 80;

    private final ConfiguredProperties properties;
    private final Problems problems;
    private final Set<ConfigurationKey<?>> known = new HashSet<>();
    private final Set<ConfigurationKey<?>> set = new HashSet<>();
    private final Map<ConfigurationKey<?>, Object> values = new HashMap<>();

    ReadValues(ConfiguredProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    /** Reads a key that may be spelt in several ways, of which one at most may be in use. */
    void read(ConfigurationKey<?> key, List<String> spellings) {
        known.add(key);
        List<Found> found = spellings.stream().map(properties::find).flatMap(Optional::stream).toList();
        if (found.size() > 1) {
            set.add(key);
            problems.add(found.get(0) + " and " + found.get(1) + " are the same key: set one of them");
        } else if (!found.isEmpty()) {
            set.add(key);
            parse(key, found.get(0));
        }
    }

    private void parse(ConfigurationKey<?> key, Found found) {
        if (found.text().isEmpty()) {
            problems.add(found + (found.unresolved()
                    ? " is set to an expression ${...} that resolves to nothing: define what it names"
                    : " is set to nothing: give it a value or take the key away"));
            return;
        }
        try {
            values.put(key, key.type().parse(found.text()));
            String caution = key.type().caution(found.text());
            if (!caution.isEmpty()) {
                problems.warn(found + ": " + caution);
            }
        } catch (IllegalArgumentException unexpected) {
            String value = key.type().secret() ? "" : " = \"" + shown(found.text()) + "\"";
            String source = found.source().isEmpty() ? "" : " (from " + found.source() + ")";
            problems.add(found + value + source + ": " + unexpected.getMessage());
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
    }

    /** What the administrator set, if it was understood; no default. */
    <T> Optional<T> explicit(ConfigurationKey<T> key) {
        if (!known.contains(key)) {
            throw new IllegalArgumentException(key + " is not among the known configuration keys");
        }
        @SuppressWarnings("unchecked") // parse() put in what this key's own type returned
        T value = (T) values.get(key);
        return Optional.ofNullable(value);
    }

    /** Whether it is set to something that was not understood, which is a problem already. */
    boolean isBroken(ConfigurationKey<?> key) {
        return set.contains(key) && !values.containsKey(key);
    }

    @Override
    public <T> Optional<T> find(ConfigurationKey<T> key) {
        return explicit(key).or(key::fallback);
    }

    @Override
    public boolean isSet(ConfigurationKey<?> key) {
        return set.contains(key);
    }
}
