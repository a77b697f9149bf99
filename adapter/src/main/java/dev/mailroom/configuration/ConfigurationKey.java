package dev.mailroom.configuration;

import java.util.Objects;
import java.util.Optional;

/**
 * One row of the configuration table: what an administrator may set, how it is written, what holds when it is not set.
 * The same object reads the value, guards against misspelt names and prints the manual's row. Immutable; equal only to
 * itself.
 *
 * @param <T> what the value becomes
 */
public final class ConfigurationKey<T> {
    /** How often administrators need a key; the manual has a table for each. */
    public enum Tier {
        /** Without these nothing is sent. */
        ESSENTIAL,
        /** What a production system usually sets. */
        OFTEN,
        /** For special needs; the default is right almost everywhere. */
        RARELY
    }

    private final String name;
    private final ConfigurationType<T> type;
    private final Optional<T> fallback;
    private final String defaultText;
    private final Tier tier;
    private final String meaning;

    private ConfigurationKey(String name, ConfigurationType<T> type, Optional<T> fallback, String defaultText,
            Tier tier, String meaning) {
        if (!name.startsWith("mailroom.")) {
            throw new IllegalArgumentException("a configuration key starts with mailroom., was " + name);
        }
        this.name = name;
        this.type = Objects.requireNonNull(type, "type");
        this.fallback = fallback;
        this.defaultText = defaultText;
        this.tier = Objects.requireNonNull(tier, "tier");
        this.meaning = Objects.requireNonNull(meaning, "meaning");
    }

    /**
     * A key with a default.
     *
     * @param meaning one sentence for the manual's table
     */
    public static <T> ConfigurationKey<T> of(
            String name, ConfigurationType<T> type, T fallback, Tier tier, String meaning) {
        return new ConfigurationKey<>(name, type, Optional.of(fallback), type.print(fallback), tier, meaning);
    }

    /**
     * A key that may be left out altogether.
     *
     * @param whenAbsent what the table says instead of a default, such as {@code none}
     * @param meaning one sentence for the manual's table
     */
    public static <T> ConfigurationKey<T> optional(
            String name, ConfigurationType<T> type, String whenAbsent, Tier tier, String meaning) {
        return new ConfigurationKey<>(name, type, Optional.empty(), whenAbsent, tier, meaning);
    }

    /** The full name, beginning with {@code mailroom.}. */
    public String name() {
        return name;
    }

    /** How the value is written. */
    public ConfigurationType<T> type() {
        return type;
    }

    /** The value that holds when none is set. */
    public Optional<T> fallback() {
        return fallback;
    }

    /** The default as the table shows it. */
    public String defaultText() {
        return defaultText;
    }

    /** How often it is needed. */
    public Tier tier() {
        return tier;
    }

    /** One sentence saying what it does. */
    public String meaning() {
        return meaning;
    }

    @Override
    public String toString() {
        return name;
    }
}
