package dev.mailroom.console;

import static dev.mailroom.ConfigurationKey.Tier.OFTEN;
import static dev.mailroom.ConfigurationKey.Tier.RARELY;
import static dev.mailroom.ConfigurationKey.of;
import static dev.mailroom.ConfigurationKey.optional;

import dev.mailroom.ConfigurationKey;
import dev.mailroom.ConfigurationKeys;
import dev.mailroom.ConfigurationType;
import dev.mailroom.ConfigurationValues;
import dev.mailroom.Secret;
import java.util.List;

/** All keys of the console: {@code mailroom.console.*}. */
public final class ConsoleKeys implements ConfigurationKeys {
    static final ConfigurationKey<Secret> PASSWORD = optional("mailroom.console.password",
            ConfigurationType.secret(Secret::password), "random, shown at the start", OFTEN,
            "Password of the console's user admin.");
    static final ConfigurationKey<Secret> PASSWORD_FILE = optional("mailroom.console.password-file",
            ConfigurationType.secretFile(Secret::password), "none", OFTEN, "A file that holds it instead.");
    /** Used by the runnable jar's launcher, before the configuration is read. */
    static final ConfigurationKey<String> ADDRESS = of("mailroom.console.address",
            ConfigurationType.text(), "127.0.0.1", OFTEN,
            "Runnable jar only: the address to listen on, 0.0.0.0 for all; system property or environment variable.");
    static final ConfigurationKey<Boolean> MAILBOX = of("mailroom.console.mailbox",
            ConfigurationType.onOff(), false, OFTEN,
            "Whether the development mailbox runs; on in the runnable jar.");
    static final ConfigurationKey<Integer> MAILBOX_PORT = of("mailroom.console.mailbox-port",
            ConfigurationType.number(1, 65_535), 3025, RARELY, "Its port at 127.0.0.1.");
    static final ConfigurationKey<Integer> MAILBOX_KEEP = of("mailroom.console.mailbox-keep",
            ConfigurationType.number(1, 100_000), 500, RARELY, "How many mails it keeps, the newest.");
    static final ConfigurationKey<Long> MAX_REQUEST = of("mailroom.console.max-request",
            ConfigurationType.size(1_024, Integer.MAX_VALUE - 8L), 25L * 1024 * 1024, RARELY,
            "Longest request that the REST API reads.");

    private static final List<ConfigurationKey<?>> ALL = List.of(
            PASSWORD, PASSWORD_FILE, ADDRESS, MAILBOX, MAILBOX_PORT, MAILBOX_KEEP, MAX_REQUEST);

    @Override
    public List<ConfigurationKey<?>> keys() {
        return ALL;
    }

    @Override
    public List<String> contradictions(ConfigurationValues values) {
        return values.isSet(PASSWORD) && values.isSet(PASSWORD_FILE)
                ? List.of(PASSWORD + " and " + PASSWORD_FILE + " are both set: expected one of them")
                : List.of();
    }
}
