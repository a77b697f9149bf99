package dev.mailroom.transport;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What SCRAM says of the TLS connection below it (RFC 5801, section 4).
 *
 * @param header the GS2 header
 * @param octets the binding itself; empty without
 */
record ChannelBinding(String header, byte[] octets) {
    /** None, because there is no TLS, or the server would not have it. */
    static final ChannelBinding NONE = new ChannelBinding("n,,", new byte[0]);
    /**
     * None, since the server does not offer any; a server that did offer one learns from this that an attacker removed
     * the offer.
     */
    static final ChannelBinding NOT_OFFERED = new ChannelBinding("y,,", new byte[0]);

    /**
     * Bound to the server's certificate: {@code tls-server-end-point} (RFC 5929, section 4), which every TLS library
     * can tell. Empty where the certificate's signature has no hash of its own.
     */
    static Optional<ChannelBinding> endPoint(SSLSession session) {
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            return hash(certificate.getSigAlgName()).map(name -> endPoint(certificate, name));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static ChannelBinding endPoint(X509Certificate certificate, String hash) {
        try {
            return new ChannelBinding("p=tls-server-end-point,,",
                    MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + hash, e);
        }
    }

    /** MD5 and SHA-1 count as SHA-256. */
    private static Optional<String> hash(String signature) {
        String name = signature.toUpperCase(Locale.ROOT);
        int with = name.indexOf("WITH");
        return with < 0 ? Optional.empty() : switch (name.substring(0, with)) {
            case "MD5", "SHA1", "SHA256" -> Optional.of("SHA-256");
            case "SHA384" -> Optional.of("SHA-384");
            case "SHA512" -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
    }
}
