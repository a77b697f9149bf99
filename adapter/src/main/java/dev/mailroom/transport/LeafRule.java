package dev.mailroom.transport;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What a server's certificate must be like beyond what the JDK asks of one whose authority is the administrator's own:
 * its names stand in subjectAltName (RFC 9525, section 2: the common name does not count), and its signature is strong
 * enough not to be forged today, as public authorities require.
 */
final class LeafRule {
    private static final int SHORTEST_RSA = 2048;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private LeafRule() {
    }

    static void check(X509Certificate certificate) throws CertificateException {
        if (!namesHost(certificate)) {
            throw new CertificateException("it names no host in subjectAltName, and a common name does not count "
                    + "(RFC 9525); it must be issued again");
        }
        if (certificate.getPublicKey() instanceof RSAKey key && key.getModulus().bitLength() < SHORTEST_RSA) {
            throw new CertificateException("its RSA key has " + key.getModulus().bitLength() + " bits; expected "
                    + SHORTEST_RSA + " or more");
        }
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean own = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        if (!own && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
            throw new CertificateException("it is signed with " + certificate.getSigAlgName()
                    + ", which can be forged; expected SHA-256 or better");
        }
    }

    private static boolean namesHost(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null && names.stream().map(name -> name.get(0))
                .anyMatch(type -> type.equals(DNS_NAME) || type.equals(IP_ADDRESS));
    }
}
