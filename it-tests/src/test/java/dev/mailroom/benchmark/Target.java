package dev.mailroom.benchmark;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where mails go: a port of 127.0.0.1. Any login will do there.
 *
 * @param trustStore the PKCS#12 store with the server's authority; empty = the server has no TLS
 * @param password of the trust store
 */
public record Target(int port, Optional<Path> trustStore, String password) {
    /** The address; certificates are for it. */
    public static final String HOST = "127.0.0.1";
    /** The login where there is one. */
    public static final String USER = "sender";
    /** The password of that login. */
    public static final String USER_PASSWORD = "no-secret";

    /** For the pipe between processes. */
    public String line() {
        return port + " " + trustStore.map(Path::toString).orElse("-") + " " + password;
    }

    /** Reads a {@link #line}. */
    public static Target parse(String line) {
        String[] words = line.split(" ", 3);
        return new Target(Integer.parseInt(words[0]),
                words[1].equals("-") ? Optional.empty() : Optional.of(Path.of(words[1])), words[2]);
    }
}
