package dev.mailroom.cdi;

import dev.mailroom.configuration.ConfigurationKeys;
import java.util.ServiceLoader;

/** The modules that add keys of their own, as the application's class loader sees them. */
final class ContributedKeys {
    private ContributedKeys() {
    }

    static Iterable<ConfigurationKeys> find() {
        return ServiceLoader.load(ConfigurationKeys.class);
    }
}
