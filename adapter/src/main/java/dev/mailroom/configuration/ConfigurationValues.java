package dev.mailroom.configuration;

import java.util.Optional;

/** The values of the configuration keys, read once when the application starts. Immutable and thread-safe. */
public interface ConfigurationValues {
    /**
     * The configured value, else the key's default, else empty.
     *
     * @throws IllegalArgumentException if the key belongs to no known {@link ConfigurationKeys}
     */
    <T> Optional<T> find(ConfigurationKey<T> key);

    /** Whether the administrator set it, be it to the default. */
    boolean isSet(ConfigurationKey<?> key);

    /**
     * The value of a key that has a default.
     *
     * @throws IllegalArgumentException if it is not set and has no default, or is unknown
     */
    default <T> T get(ConfigurationKey<T> key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(key + " is not set and has no default"));
    }
}
