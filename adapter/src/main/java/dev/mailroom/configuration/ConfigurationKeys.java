package dev.mailroom.configuration;

import java.util.List;

/**
 * The configuration keys that a module adds to those of the adapter, for instance all of {@code mailroom.spool.*}.
 * A module names its provider in {@code META-INF/services/dev.mailroom.configuration.ConfigurationKeys}; the provider
 * needs a public constructor without arguments. Its keys are then known, read and checked together with all others,
 * and {@link ConfigurationValues} answers for them.
 */
public interface ConfigurationKeys {
    /** The same key objects at each call. */
    List<ConfigurationKey<?>> keys();

    /**
     * Values that contradict each other although each is valid by itself: one sentence each, naming the keys, their
     * values (never a secret) and what to do. A value that could not be understood appears as its default here.
     */
    default List<String> contradictions(ConfigurationValues values) {
        return List.of();
    }
}
