package dev.mailroom.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made at run time by the JDK's keytool, once a JVM; nothing of them outlives it. Thread-safe. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";
    private final Path folder;
    private final Path trustStore;

    /** Made when first asked for: a second or two. */
    private static final class Holder {
        private static final TestCertificates CERTIFICATES = new TestCertificates();
    }

    private TestCertificates() {
        try (Keytool keytool = new Keytool(Files.createTempDirectory("mailroom-certificates"), PASSWORD)) {
            folder = keytool.folder();
            keytool.authority();
            keytool.signed("good", "localhost", "dns:localhost,ip:127.0.0.1", "-1H", "30");
            keytool.signed("wrong-host", "elsewhere.example", "dns:elsewhere.example", "-1H", "30");
            keytool.signed("expired", "localhost", "dns:localhost,ip:127.0.0.1", "-60d", "30");
            keytool.selfSigned("self-signed", "localhost", "dns:localhost,ip:127.0.0.1");
            trustStore = keytool.trustStore();
        } catch (IOException e) {
            throw new UncheckedIOException("the test certificates could not be made", e);
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

    /** The password of {@link #trustStore} and of the key stores. */
    public String password() {
        return PASSWORD;
    }

    /** The PKCS#12 key store behind {@link #good}, for servers that are not ours. */
    public Path goodKeyStore() {
        return folder.resolve("good.p12");
    }

    /** A client that trusts the authority only. */
    public SSLContext trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no client context from " + trustStore, e);
        }
    }

    /** A new context each time, so servers do not share TLS sessions. */
    private SSLContext server(String name) {
        Path file = folder.resolve(name + ".p12");
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(file), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no server context from " + file, e);
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
