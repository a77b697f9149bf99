package dev.mailroom.transport;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks one trust manager after the other (each verifies the host name as well), and says why when none agrees: which
 * certificate, and what is wrong with it.
 */
final class JudgingTrustManager extends X509ExtendedTrustManager {
    private final List<X509ExtendedTrustManager> judges;

    JudgingTrustManager(List<X509ExtendedTrustManager> judges) {
        this.judges = judges;
    }

    @FunctionalInterface
    private interface Question {
        void ask(X509ExtendedTrustManager judge) throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge(chain, judge -> judge.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        judge(chain, judge -> judge.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("without a connection no host name can be verified");
    }

    private void judge(X509Certificate[] chain, Question question) throws CertificateException {
        Optional<CertificateException> worst = Optional.empty();
        for (X509ExtendedTrustManager judge : judges) {
            try {
                question.ask(judge);
                LeafRule.check(chain[0]);
                return;
            } catch (CertificateException e) {
                // A trust manager that trusts the chain and objects only to the name gives the better reason.
                worst = worst.filter(known -> !untrusted(known)).or(() -> Optional.of(e));
            }
        }
        CertificateException cause = worst.orElseThrow();
        throw new CertificateException(words(chain[0], cause), cause);
    }

    private static boolean untrusted(Throwable cause) {
        return cause != null && (cause instanceof CertPathBuilderException || untrusted(cause.getCause()));
    }

    private static boolean outdated(Throwable cause) {
        return cause != null && (cause instanceof CertificateExpiredException
                || cause instanceof CertificateNotYetValidException || outdated(cause.getCause()));
    }

    /** The JDK's exception for a name that does not match has a class and a cause like many others. */
    private static boolean aboutTheName(CertificateException cause) {
        String message = String.valueOf(cause.getMessage());
        return cause.getCause() == null
                && (message.startsWith("No subject alternative") || message.startsWith("No name matching"));
    }

    private static String words(X509Certificate certificate, CertificateException cause) {
        String which = "its certificate (" + certificate.getSubjectX500Principal() + ", issued by "
                + certificate.getIssuerX500Principal() + ")";
        if (outdated(cause)) {
            return which + " or its issuer's is expired or not yet valid; it is valid from "
                    + certificate.getNotBefore().toInstant() + " to " + certificate.getNotAfter().toInstant();
        }
        if (untrusted(cause)) {
            return which + " is not trusted: no trust anchor vouches for it; add the certificate of its authority to "
                    + "the trust store, or choose another trust mode";
        }
        if (aboutTheName(cause)) {
            return which + " is for another host, " + names(certificate) + "; use one of those names";
        }
        return which + " is not acceptable: " + cause.getMessage();
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                return names.stream().map(name -> String.valueOf(name.get(1))).limit(20)
                        .collect(Collectors.joining(", "));
            }
        } catch (CertificateParsingException e) {
            // The subject has to do.
        }
        return certificate.getSubjectX500Principal().getName();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
