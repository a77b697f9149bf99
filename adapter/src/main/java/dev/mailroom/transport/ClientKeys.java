package dev.mailroom.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.net.ssl.X509ExtendedKeyManager;

/** The session's key, where it has one, and on which connections the server asked for it. Thread-safe. */
final class ClientKeys extends X509ExtendedKeyManager {
    /** What connections were asked for a certificate, and whether one was shown. Thread-safe. */
    static final class Requests {
        private final Map<Socket, Boolean> shown = Collections.synchronizedMap(new WeakHashMap<>());

        boolean inVain(Socket socket) {
            return Boolean.FALSE.equals(shown.get(socket));
        }

        boolean shown(Socket socket) {
            return Boolean.TRUE.equals(shown.get(socket));
        }
    }

    private final Optional<X509ExtendedKeyManager> keys;
    private final Requests requests;

    /** @param keys empty = there is no key to show */
    ClientKeys(Optional<X509ExtendedKeyManager> keys, Requests requests) {
        this.keys = keys;
        this.requests = requests;
    }

    /** Of the authorities that the server names; null = none. */
    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        String alias = keys.map(manager -> manager.chooseClientAlias(keyTypes, issuers, socket)).orElse(null);
        // Asked for one type of key after the other, by some versions of TLS.
        requests.shown.merge(socket, alias != null, Boolean::logicalOr);
        return alias;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return keys.map(manager -> manager.getClientAliases(keyType, issuers)).orElse(new String[0]);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.map(manager -> manager.getCertificateChain(alias)).orElse(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.map(manager -> manager.getPrivateKey(alias)).orElse(null);
    }
}
