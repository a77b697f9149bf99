package dev.mailroom.console;

import dev.mailroom.configuration.ConfigurationValues;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the console's beans their settings. */
@Dependent
public class ConsoleConfiguration {
    /** The settings, read once. */
    @Produces
    @Singleton
    public ConsoleSettings settings(ConfigurationValues values) {
        return ConsoleSettings.of(values);
    }
}
