package dev.mailroom.console;

import static dev.mailroom.configuration.ConfigurationKey.Tier.OFTEN;
import static dev.mailroom.configuration.ConfigurationKey.Tier.RARELY;
import static dev.mailroom.configuration.ConfigurationKey.of;
import static dev.mailroom.configuration.ConfigurationKey.optional;

import dev.mailroom.Secret;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKeys;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.configuration.ConfigurationValues;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    static final ConfigurationKey<OptionalInt> MAILBOX_POP3_PORT = of("mailroom.console.mailbox-pop3-port",
            portOrOff(), OptionalInt.of(3110), RARELY, "Its port for reading with POP3; off or 0: it cannot.");
    static final ConfigurationKey<OptionalInt> MAILBOX_IMAP_PORT = of("mailroom.console.mailbox-imap-port",
            portOrOff(), OptionalInt.of(3143), RARELY, "Its port for reading with IMAP; off or 0: it cannot.");
    static final ConfigurationKey<Integer> MAILBOX_KEEP = of("mailroom.console.mailbox-keep",
            ConfigurationType.number(1, 100_000), 500, RARELY, "How many mails it keeps, the newest.");
    static final ConfigurationKey<Long> MAX_REQUEST = of("mailroom.console.max-request",
            ConfigurationType.size(1_024, Integer.MAX_VALUE - 8L), 25L * 1024 * 1024, RARELY,
            "Longest request that the REST API reads.");
    static final ConfigurationKey<Long> REQUEST_BUDGET = optional("mailroom.console.request-budget",
            ConfigurationType.size(1_024, Long.MAX_VALUE), "a sixteenth of the heap", RARELY,
            "Octets of all requests that are worked on at once; above it 503 with Retry-After.");
    /** Used by the launcher too, before the configuration is read. */
    static final ConfigurationKey<Boolean> ALLOW_INSECURE = of("mailroom.console.allow-insecure",
            ConfigurationType.onOff(), false, RARELY,
            "Whether a network may reach the console over plain HTTP, with the server's own TLS key or with a short "
                    + "password; system property or environment variable.");

    private static final int SHORT = 12;

    private static final List<ConfigurationKey<?>> ALL = List.of(
            PASSWORD, PASSWORD_FILE, ADDRESS, MAILBOX, MAILBOX_PORT, MAILBOX_POP3_PORT, MAILBOX_IMAP_PORT,
            MAILBOX_KEEP, MAX_REQUEST, REQUEST_BUDGET, ALLOW_INSECURE);

    @Override
    public List<ConfigurationKey<?>> keys() {
        return ALL;
    }

    private static ConfigurationType<OptionalInt> portOrOff() {
        ConfigurationType<Integer> port = ConfigurationType.number(0, 65_535);
        return ConfigurationType.of("number, off", text -> {
            if (text.equalsIgnoreCase("off")) {
                return OptionalInt.empty();
            }
            int number = port.parse(text);
            return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
        }, number -> number.isPresent() ? String.valueOf(number.getAsInt()) : "off");
    }

    @Override
    public List<String> contradictions(ConfigurationValues values) {
        List<String> contradictions = new ArrayList<>();
        if (values.isSet(PASSWORD) && values.isSet(PASSWORD_FILE)) {
            contradictions.add(PASSWORD + " and " + PASSWORD_FILE + " are both set: expected one of them");
        } else if (hasShortPassword(values) && !isLocal(values) && !values.get(ALLOW_INSECURE)) {
            contradictions.add(PASSWORD + " is shorter than " + SHORT + " characters and a network may reach the "
                    + "console: expected a longer one, none (a random one is made), or " + ALLOW_INSECURE + "=on");
        }
        Map<Integer, Object> taken = new HashMap<>(Map.of(values.get(MAILBOX_PORT), MAILBOX_PORT));
        for (ConfigurationKey<OptionalInt> key : List.of(MAILBOX_POP3_PORT, MAILBOX_IMAP_PORT)) {
            values.get(key).ifPresent(port -> {
                Object other = taken.putIfAbsent(port, key);
                if (other != null) {
                    contradictions.add(other + " and " + key + " are both " + port + ": expected a port of its own "
                            + "for each");
                }
            });
        }
        return contradictions;
    }

    /** Whether it could be found by trying passwords. */
    static boolean hasShortPassword(ConfigurationValues values) {
        return password(values).filter(given -> given.value().length() < SHORT).isPresent();
    }

    static Optional<Secret> password(ConfigurationValues values) {
        return values.find(PASSWORD).or(() -> values.find(PASSWORD_FILE));
    }

    /** The launcher always sets the address; in another server it is not known who can reach the console. */
    private static boolean isLocal(ConfigurationValues values) {
        try {
            return values.isSet(ADDRESS) && InetAddress.getByName(values.get(ADDRESS)).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
