package dev.mailroom.console.launch;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The administrator's key for TLS. Looked at before the server is started, which would take no notice of a wrong one
 * until the first connection.
 *
 * @param alias its name in the key store
 */
record TlsKey(String alias) {
    private static final String STORE = "javax.net.ssl.keyStore";
    private static final String PASSWORD = "javax.net.ssl.keyStorePassword";
    /** What the server tries where no password is given. */
    private static final String COMMON_PASSWORD = "changeit";
    private static final String ARGUMENT = "--sslcert";

    /**
     * The key that arguments and system properties name; empty = none, the server brings one.
     *
     * @param property {@code null} = a property that is not set
     * @throws IllegalStateException when it cannot be used; the message says why
     */
    static Optional<TlsKey> configured(String[] arguments, Function<String, String> property) {
        return Optional.ofNullable(property.apply(STORE)).map(store -> {
            String password = Optional.ofNullable(property.apply(PASSWORD)).orElse(COMMON_PASSWORD);
            try {
                KeyStore keys = KeyStore.getInstance(new File(store), password.toCharArray());
                TlsKey key = new TlsKey(asked(arguments, property).orElseGet(() -> only(store, keys)));
                key.check(store, keys, password);
                return key;
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalStateException(STORE + "=" + store + " cannot be read with " + PASSWORD + ": "
                        + e.getMessage() + "; give a key store in PKCS #12 that holds one key, and its password", e);
            }
        });
    }

    private static Optional<String> asked(String[] arguments, Function<String, String> property) {
        for (int i = 0; i < arguments.length - 1; i++) {
            if (arguments[i].equalsIgnoreCase(ARGUMENT)) {
                return Optional.of(arguments[i + 1]);
            }
        }
        return Optional.ofNullable(property.apply("payaramicro.sslCert"));
    }

    private static String only(String store, KeyStore keys) {
        List<String> aliases = aliases(keys);
        if (aliases.size() != 1) {
            throw new IllegalStateException(STORE + "=" + store + " holds the keys " + aliases + ": say with "
                    + ARGUMENT + " which is the console's, or give a key store that holds one");
        }
        return aliases.get(0);
    }

    private void check(String store, KeyStore keys, String password) throws GeneralSecurityException {
        if (!aliases(keys).contains(alias)) {
            throw new IllegalStateException(STORE + "=" + store + " has no key " + alias + ", but " + aliases(keys)
                    + ": say with " + ARGUMENT + " which is the console's");
        }
        keys.getKey(alias, password.toCharArray());
    }

    private static List<String> aliases(KeyStore keys) {
        try {
            List<String> aliases = new ArrayList<>();
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias)) {
                    aliases.add(alias);
                }
            }
            return aliases;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key store that has been read is read", e);
        }
    }

    /** The arguments, with this key named for the server. */
    String[] in(String[] arguments) {
        return asked(arguments, name -> null).isPresent() ? arguments
                : Stream.concat(Stream.of(arguments), Stream.of(ARGUMENT, alias)).toArray(String[]::new);
    }
}
