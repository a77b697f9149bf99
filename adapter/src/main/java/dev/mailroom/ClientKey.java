package dev.mailroom;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The certificate with its key that a session shows to servers that ask for one (mutual TLS).
 *
 * @param store a key store, PKCS#12 or JKS
 * @param password opens the store and the key
 * @param alias which key of the store; empty = the only one
 */
public record ClientKey(Path store, Secret password, String alias) {
    /** None is shown. */
    public static final ClientKey NONE = new ClientKey(Path.of(""), Secret.none(), "");

    /** Checks that nothing is missing. */
    public ClientKey {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(alias, "alias");
    }

    /** What the identity of a session keeps of it; empty for none. */
    String part() {
        return equals(NONE) ? "" : store + "#" + alias + "#" + password.fingerprint();
    }

    /**
     * Reads the store and takes the one key out of it, which blocks as files do.
     *
     * @return a store with that key only, under the same password
     * @throws IOException if the file cannot be read, the password is wrong, or there is no such key; says what to do
     */
    public KeyStore open() throws IOException {
        char[] secret = password.value().toCharArray();
        try {
            KeyStore all = KeyStore.getInstance(store.toFile(), secret);
            String chosen = chosen(all);
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(chosen, all.getKey(chosen, secret), secret, all.getCertificateChain(chosen));
            return one;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the key store " + store + " cannot be used; expected a PKCS#12 or JKS file and its "
                    + "password: " + e.getMessage(), e);
        }
    }

    private String chosen(KeyStore all) throws GeneralSecurityException, IOException {
        List<String> keys = new ArrayList<>();
        for (String entry : Collections.list(all.aliases())) {
            if (all.isKeyEntry(entry)) {
                keys.add(entry);
            }
        }
        if (alias.isEmpty() ? keys.size() == 1 : keys.contains(alias)) {
            return alias.isEmpty() ? keys.get(0) : alias;
        }
        throw new IOException("the key store " + store + " has " + (alias.isEmpty() ? "not exactly one key, but "
                : "no key " + alias + ", but ") + keys + "; set key-alias to one of its keys");
    }

    @Override
    public String toString() {
        return "ClientKey[" + (equals(NONE) ? "none" : store + " " + alias) + "]";
    }
}
