package dev.mailroom.transport;

import dev.mailroom.ClientKey;
import dev.mailroom.TrustMode;
import dev.mailroom.smtp.ServerAddress;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * One TLS context per trust mode and client key, kept so that sessions are resumed. Host names are always verified
 * (RFC 9525, by the JDK's rules for HTTPS). Thread-safe.
 */
final class Tls {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    private final TrustAnchors anchors;
    private final Map<Use, SSLContext> contexts = new HashMap<>();
    private final ClientKeys.Requests requests = new ClientKeys.Requests();

    private record Use(TrustMode mode, ClientKey key) {
    }

    /**
     * Reads the administrator's trust store once, so that a mistake shows at the start.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    Tls(TrustSettings settings) {
        this.anchors = new TrustAnchors(settings);
        if (settings.store().isPresent()) {
            try {
                anchors.own();
            } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException("the trust store " + settings.store().get() + " cannot be read; "
                        + "expected a PKCS#12 or JKS file and its password: " + e.getMessage(), e);
            }
        }
    }

    /** A TLS socket on top of a connected one; the handshake is still to be done. */
    SSLSocket over(Socket socket, ServerAddress peer, TrustMode mode, ClientKey key) throws IOException {
        String host = peer.host().startsWith("[") ? peer.host().substring(1, peer.host().length() - 1) : peer.host();
        SSLSocket tls = (SSLSocket) context(new Use(mode, key)).getSocketFactory()
                .createSocket(socket, host, peer.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    private SSLContext context(Use use) throws IOException {
        synchronized (contexts) {
            SSLContext known = contexts.get(use);
            if (known != null) {
                return known;
            }
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys(use.key()), new TrustManager[] {new JudgingTrustManager(anchors.of(use.mode()))},
                        null);
                contexts.put(use, context);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IOException("the trust anchors of mode " + use.mode() + " cannot be used: " + e.getMessage(),
                        e);
            }
        }
    }

    private KeyManager[] keys(ClientKey key) throws GeneralSecurityException, IOException {
        if (key.equals(ClientKey.NONE)) {
            return new KeyManager[] {new ClientKeys(Optional.empty(), requests)};
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(key.open(), key.password().value().toCharArray());
        return Arrays.stream(factory.getKeyManagers()).map(manager -> manager instanceof X509ExtendedKeyManager keys
                ? new ClientKeys(Optional.of(keys), requests) : manager).toArray(KeyManager[]::new);
    }

    /** On which connections servers asked for a certificate of ours. */
    ClientKeys.Requests requests() {
        return requests;
    }

    /**
     * Whether a handshake failed because the connection was lost, not because of the other side's certificate or alert.
     */
    static boolean lost(IOException cause) {
        Throwable inner = cause;
        while (inner instanceof SSLException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner instanceof IOException && !(inner instanceof SSLException);
    }

    /** Whether we did not accept the server's certificate. */
    static boolean judged(IOException cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** The alert with which the server ended the handshake (RFC 8446, section 6), in the JDK's spelling, or empty. */
    static String alert(IOException cause) {
        Matcher matcher = ALERT.matcher(String.valueOf(cause.getMessage()));
        return cause instanceof SSLException && matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /**
     * What went wrong in a handshake, for a person.
     *
     * @param otherwise what to use on a port that does not expect TLS
     */
    static String words(IOException cause, String host, String otherwise) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("unrecognized SSL message")) {
            return "it does not answer with TLS, so this port does not expect it from the first byte; "
                    + otherwise;
        }
        if (message.contains("protocol_version") || message.contains("selected protocol version")) {
            return "it speaks no version of TLS that is safe; it must offer TLS 1.2 or 1.3 (" + message + ")";
        }
        if (host.indexOf('_') >= 0 && message.contains("Illegal given domain name")) {
            return "no certificate can be checked against the host name " + host + ", for names of hosts have no "
                    + "underscore (RFC 1123); use another name of the server";
        }
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CertificateException) {
                return inner.getMessage();
            }
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
