package dev.mailroom.testing;

import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationValues;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration that sets these keys, each to a text as an administrator writes it, and leaves the others alone.
 *
 * @param texts the text of each key that is set
 */
public record GivenValues(Map<ConfigurationKey<?>, String> texts) implements ConfigurationValues {
    @Override
    public <T> Optional<T> find(ConfigurationKey<T> key) {
        return Optional.ofNullable(texts.get(key)).map(key.type()::parse).or(key::fallback);
    }

    @Override
    public boolean isSet(ConfigurationKey<?> key) {
        return texts.containsKey(key);
    }
}
