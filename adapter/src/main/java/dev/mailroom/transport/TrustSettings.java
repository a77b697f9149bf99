package dev.mailroom.transport;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The connector's own trust anchors, next to those shipped with the JDK. Immutable; the password is never shown. */
public final class TrustSettings {
    private static final TrustSettings JDK = new TrustSettings(Optional.empty(), "");

    private final Optional<Path> store;
    private final String password;

    private TrustSettings(Optional<Path> store, String password) {
        this.store = store;
        this.password = password;
    }

    /** Only what the JDK trusts. */
    public static TrustSettings jdk() {
        return JDK;
    }

    /** Also the certificates in that file (PKCS#12 or JKS). */
    public static TrustSettings with(Path store, String password) {
        return new TrustSettings(Optional.of(store), Objects.requireNonNull(password, "password"));
    }

    Optional<Path> store() {
        return store;
    }

    char[] password() {
        return password.toCharArray();
    }

    @Override
    public String toString() {
        return "TrustSettings[" + store.map(Path::toString).orElse("JDK only") + "]";
    }
}
