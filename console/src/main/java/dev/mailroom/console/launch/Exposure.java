package dev.mailroom.console.launch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who can reach the console, and whether its password could be read on the network.
 *
 * @param address where the listeners are, the plain one only if {@code insecure}
 * @param tls whether there is a listener with TLS
 * @param ownKey whether it has a key of the administrator's, not the one that every copy of the server brings
 * @param insecure whether the administrator said that everything else is wanted
 */
record Exposure(ListenAddress address, boolean tls, boolean ownKey, boolean insecure) {
    static final String KEY = "mailroom.console.allow-insecure";
    static final String VARIABLE = "MAILROOM_CONSOLE_ALLOW_INSECURE";
    /** The system property that the plain listener takes its address from, see pre-boot-commands.txt. */
    static final String PLAIN_ADDRESS = "mailroom-plain-address";

    private static final Set<String> TLS_ARGUMENTS = Set.of("--sslport", "--autobindssl");

    /** What arguments and system properties ask for; {@code null} = a property that is not set. */
    static Exposure configured(ListenAddress address, String[] arguments, Function<String, String> property,
            Function<String, String> variable) {
        boolean tls = Arrays.stream(arguments).anyMatch(one -> TLS_ARGUMENTS.contains(one.toLowerCase(Locale.ROOT)))
                || property.apply("payaramicro.sslPort") != null || property.apply("payaramicro.autoBindSsl") != null;
        String word = Optional.ofNullable(property.apply(KEY)).or(() -> Optional.ofNullable(variable.apply(VARIABLE)))
                .orElse("");
        return new Exposure(address, tls, property.apply("javax.net.ssl.keyStore") != null,
                word.strip().equalsIgnoreCase("on"));
    }

    /** The same, corrected by what the server really did. */
    Exposure withTls(boolean found) {
        return new Exposure(address, found, ownKey, insecure);
    }

    private boolean isLocal() {
        try {
            return InetAddress.getByName(address.text()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // The server itself reports what is wrong with it.
            return false;
        }
    }

    /** Where plain HTTP listens: beside TLS only for this machine, unless asked for. */
    String plainAddress() {
        return tls && !insecure && !isLocal() ? ListenAddress.LOOPBACK : address.text();
    }

    /** Why the server does not start like this. */
    Optional<String> refusal() {
        if (insecure || isLocal()) {
            return Optional.empty();
        }
        if (!tls) {
            return Optional.of(ListenAddress.KEY + "=" + address.text() + " would send the console's password over the "
                    + "network in clear: give --sslport and a key of your own (-Djavax.net.ssl.keyStore), or put a "
                    + "proxy that speaks TLS in front of 127.0.0.1; where the network is trusted say " + KEY + "=on");
        }
        return ownKey ? Optional.empty() : Optional.of(ListenAddress.KEY + "=" + address.text() + " with --sslport "
                + "would use the key that every copy of the server brings, with which anybody can read the console's "
                + "password: give a key of your own with -Djavax.net.ssl.keyStore and "
                + "-Djavax.net.ssl.keyStorePassword, or say " + KEY + "=on");
    }

    /** Warnings where it does start. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (tls && !ownKey) {
            warnings.add("MR0602 the console's TLS key is the one that every copy of the server brings: anybody can "
                    + "pretend to be this console; set javax.net.ssl.keyStore to have one of your own");
        }
        if (!plainAddress().equals(ListenAddress.LOOPBACK) && !isLocal()) {
            warnings.add("MR0601 the console answers over plain HTTP at " + address.text() + ": whoever can read the "
                    + "network's traffic has its password (" + KEY + "=on)");
        }
        return warnings;
    }
}
