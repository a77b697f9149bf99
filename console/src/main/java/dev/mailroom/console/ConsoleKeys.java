package dev.mailroom.console;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** The keys of the console, and what each is when it is not set. */
@Dependent
public class ConsoleKeys {
    /** Read by the launcher of the runnable jar, before there is a configuration. */
    static final String ADDRESS = "mailroom.console.address";
    static final String PASSWORD = "mailroom.console.password";
    static final String MAX_REQUEST = "mailroom.console.max-request";
    static final String MAILBOX = "mailroom.console.mailbox";
    static final String MAILBOX_PORT = "mailroom.console.mailbox-port";
    static final String MAILBOX_KEEP = "mailroom.console.mailbox-keep";

    /** The settings, read once. */
    @Produces
    @Singleton
    public ConsoleSettings settings(Config config) {
        return read(key -> config.getOptionalValue(key, String.class));
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException naming the key, its value (never a password) and what was expected
     */
    static ConsoleSettings read(Function<String, Optional<String>> values) {
        return new ConsoleSettings(
                values.apply(PASSWORD),
                number(values, MAX_REQUEST, 25 * 1024 * 1024),
                onOff(values, MAILBOX, false),
                number(values, MAILBOX_PORT, 3025),
                number(values, MAILBOX_KEEP, 500));
    }

    private static int number(Function<String, Optional<String>> values, String key, int otherwise) {
        String value = values.apply(key).orElse("" + otherwise);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            // Without a cause: it adds nothing, and CDI shows the innermost exception only.
            throw new IllegalArgumentException(key + " must be a whole number, was \"" + value + "\"");
        }
    }

    private static boolean onOff(Function<String, Optional<String>> values, String key, boolean otherwise) {
        String value = values.apply(key).orElse(otherwise ? "on" : "off");
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException(key + " must be on or off, was \"" + value + "\"");
        };
    }
}
