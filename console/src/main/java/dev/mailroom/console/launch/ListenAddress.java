package dev.mailroom.console.launch;

import java.util.Optional;
import java.util.Set;

/**
 * The address that the server's listeners bind: they take it from the system property {@link #KEY}, see
 * pre-boot-commands.txt. It is needed before any configuration is read, so only a system property or an environment
 * variable can set it.
 *
 * @param text an IP address or a host name of this machine
 */
record ListenAddress(String text) {
    static final String KEY = "mailroom.console.address";
    static final String VARIABLE = "MAILROOM_CONSOLE_ADDRESS";

    static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> EVERY_INTERFACE = Set.of("0.0.0.0", "::", "[::]");

    /** The property, else the variable, else the loopback address. */
    static ListenAddress configured(Optional<String> property, Optional<String> variable) {
        return new ListenAddress(property.or(() -> variable).filter(text -> !text.isBlank()).orElse(LOOPBACK));
    }

    /** How a URL on this machine names it. */
    String host() {
        String host = EVERY_INTERFACE.contains(text) ? LOOPBACK : text;
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
