package dev.mailroom.transport;

import dev.mailroom.testing.TestCertificates;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;

/** The good server's key that counts how often it was used: in full handshakes, not when a session is resumed. */
final class CountingKeys extends X509ExtendedKeyManager {
    private static final String KEY_END = "-----END PRIVATE KEY-----";
    private final X509Certificate[] chain;
    private final PrivateKey key;
    private final AtomicInteger used = new AtomicInteger();

    CountingKeys() throws GeneralSecurityException {
        String pem = TestCertificates.get().goodPem();
        int end = pem.indexOf(KEY_END);
        chain = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(
                pem.substring(end + KEY_END.length()).strip().getBytes(StandardCharsets.US_ASCII)))
                .toArray(X509Certificate[]::new);
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(0, end).replaceAll("-----[^-]*-----", ""));
        key = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {this}, null, null);
        return context;
    }

    int used() {
        return used.get();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        used.incrementAndGet();
        return key;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return new String[] {"good"};
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return type.contains(key.getAlgorithm()) ? "good" : null;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return null;
    }
}
