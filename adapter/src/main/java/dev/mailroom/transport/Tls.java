package dev.mailroom.transport;

import dev.mailroom.TrustMode;
import dev.mailroom.smtp.Peer;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One TLS context per trust mode, kept so that sessions are resumed. Host names are always verified (RFC 9525, by the
 * JDK's rules for HTTPS). Thread-safe.
 */
final class Tls {
    private final TrustAnchors anchors;
    private final Map<TrustMode, SSLContext> contexts = new EnumMap<>(TrustMode.class);

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
    SSLSocket over(Socket socket, Peer peer, TrustMode mode) throws IOException {
        String host = peer.host().startsWith("[") ? peer.host().substring(1, peer.host().length() - 1) : peer.host();
        SSLSocket tls = (SSLSocket) context(mode).getSocketFactory().createSocket(socket, host, peer.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    private SSLContext context(TrustMode mode) throws IOException {
        synchronized (contexts) {
            SSLContext known = contexts.get(mode);
            if (known != null) {
                return known;
            }
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new JudgingTrustManager(anchors.of(mode))}, null);
                contexts.put(mode, context);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IOException("the trust anchors of mode " + mode + " cannot be used: " + e.getMessage(), e);
            }
        }
    }

    /** Whether a handshake failed because the connection did, not for what the other side is or says. */
    static boolean lost(IOException cause) {
        Throwable inner = cause;
        while (inner instanceof SSLException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner instanceof IOException && !(inner instanceof SSLException);
    }

    /** What went wrong in a handshake, for a person. */
    static String words(IOException cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CertificateException) {
                return inner.getMessage();
            }
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
