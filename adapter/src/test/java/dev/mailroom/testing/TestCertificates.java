package dev.mailroom.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made at run time by the JDK's keytool, once a JVM, and deleted with it. Thread-safe. */
public final class TestCertificates {
    /** The password of every store, in every process. */
    public static final String PASSWORD = "changeit";

    private static final String LOCAL_NAMES = "dns:localhost,ip:127.0.0.1";
    private final KeyStore keys;
    private final Path trustStore;

    /** Made when first asked for, which takes a second or two. */
    private static final class Holder {
        private static final TestCertificates CERTIFICATES = make();
    }

    private TestCertificates(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        Keytool keytool = new Keytool(store, PASSWORD);
        keytool.authority("ca");
        keytool.server("good", LOCAL_NAMES, "-signer", "ca", "-startdate", "-1H", "-validity", "30");
        keytool.server("wrong-host", "dns:elsewhere.example", "-signer", "ca", "-startdate", "-1H", "-validity", "30");
        keytool.server("expired", LOCAL_NAMES, "-signer", "ca", "-startdate", "-60d", "-validity", "30");
        keytool.server("self-signed", LOCAL_NAMES, "-validity", "30");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        trustStore = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            trust().store(out, PASSWORD.toCharArray());
        }
    }

    private static TestCertificates make() {
        try {
            Path folder = Files.createTempDirectory("mailroom-certificates");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            return new TestCertificates(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the test certificates could not be made", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the test certificates could not be read", e);
        }
    }

    /** The certificates of this JVM. */
    public static TestCertificates get() {
        return Holder.CERTIFICATES;
    }

    /** A server that proves to be {@code localhost} and {@code 127.0.0.1}. */
    public SSLContext good() {
        return server("good");
    }

    /** A server whose trusted certificate is for another host. */
    public SSLContext wrongHost() {
        return server("wrong-host");
    }

    /** A server whose trusted certificate ran out a month ago. */
    public SSLContext expired() {
        return server("expired");
    }

    /** A server that nobody vouches for. */
    public SSLContext selfSigned() {
        return server("self-signed");
    }

    /** A PKCS#12 trust store with nothing but the authority. */
    public Path trustStore() {
        return trustStore;
    }

    /** The password of {@link #trustStore}. */
    public String password() {
        return PASSWORD;
    }

    /** The key and certificate chain of {@link #good} as PEM, for servers that are not ours. */
    public String goodPem() {
        try {
            StringBuilder pem = new StringBuilder(
                    pem("PRIVATE KEY", keys.getKey("good", PASSWORD.toCharArray()).getEncoded()));
            for (Certificate certificate : keys.getCertificateChain("good")) {
                pem.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return pem.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client that trusts the authority only. */
    public SSLContext trusting() {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore trust() throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", keys.getCertificate("ca"));
        return trust;
    }

    /** A new context each time, so servers do not share TLS sessions. */
    private SSLContext server(String alias) {
        char[] password = PASSWORD.toCharArray();
        try {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(alias, keys.getKey(alias, password), password, keys.getCertificateChain(alias));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(one, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no server context for " + alias, e);
        }
    }

    private static String pem(String type, byte[] der) {
        byte[] separator = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, separator).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }
}
