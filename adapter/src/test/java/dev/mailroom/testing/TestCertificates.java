package dev.mailroom.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates made at run time by the JDK's keytool: once a JVM, and deleted with it; or once for all JVMs that find
 * the folder for them in the system property {@code test.certificates}, as the build's do. Thread-safe.
 */
public final class TestCertificates {
    /** The password of every store, in every process. */
    public static final String PASSWORD = "changeit";

    private static final String FOLDER = "test.certificates";
    private static final String LOCAL_NAMES = "dns:localhost,ip:127.0.0.1";
    private static final String VALID_DAYS = "30";
    private static final Duration LONGEST_USE = Duration.ofDays(20);

    private final Path folder;
    private final KeyStore keys;

    /** Made when first asked for, which takes a second or two. */
    private static final class Holder {
        private static final TestCertificates CERTIFICATES = find();
    }

    private TestCertificates(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder.toAbsolutePath().normalize();
        if (!usable()) {
            Files.createDirectories(folder);
            try (FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                // Held until the channel is closed.
                lock.lock();
                if (!usable()) {
                    make();
                }
            }
        }
        keys = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
    }

    /** The trust store is written last. */
    private boolean usable() throws IOException {
        return Files.exists(keyStore()) && Files.exists(trustStore())
                && Files.getLastModifiedTime(trustStore()).toInstant().isAfter(Instant.now().minus(LONGEST_USE));
    }

    private void make() throws IOException, GeneralSecurityException {
        Files.deleteIfExists(trustStore());
        Files.deleteIfExists(keyStore());
        Keytool keytool = new Keytool(keyStore(), PASSWORD);
        keytool.authority("ca");
        String[] trusted = {"-signer", "ca", "-startdate", "-1H", "-validity", VALID_DAYS};
        keytool.server("good", LOCAL_NAMES, trusted);
        keytool.server("wrong-host", "dns:elsewhere.example", trusted);
        keytool.server("expired", LOCAL_NAMES, "-signer", "ca", "-startdate", "-60d", "-validity", VALID_DAYS);
        keytool.server("self-signed", LOCAL_NAMES, "-validity", VALID_DAYS);
        keytool.server("client-only", LOCAL_NAMES, "-signer", "ca", "-ext", "eku=clientAuth", "-validity", VALID_DAYS);
        keytool.special("rsa", "rsa", "RSA", "-keysize", "2048", "-signer", "ca", "-ext", "san=" + LOCAL_NAMES);
        keytool.special("common-name", "localhost", "EC", "-groupname", "secp256r1", "-signer", "ca");
        keytool.special("sha-1", "x", "EC", "-groupname", "secp256r1", "-signer", "ca", "-sigalg", "SHA1withECDSA",
                "-ext", "san=" + LOCAL_NAMES);
        keytool.special("short-key", "x", "RSA", "-keysize", "1024", "-signer", "ca", "-ext", "san=" + LOCAL_NAMES);
        Path unfinished = Files.createTempFile(folder, "trust", ".p12");
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            trust(KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray()))
                    .store(out, PASSWORD.toCharArray());
        }
        Files.move(unfinished, trustStore(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static TestCertificates find() {
        try {
            String shared = System.getProperty(FOLDER);
            if (shared != null) {
                return new TestCertificates(Path.of(shared));
            }
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

    /** As {@link #good}; clients' certificates are trusted where the authority vouches for them. */
    public SSLContext judgingClients() {
        return server("good", true);
    }

    /**
     * A server whose certificate, trusted as it is, should not be one: {@code client-only} by its extended key usage,
     * {@code common-name} without alternative names, {@code sha-1}, {@code short-key}.
     */
    public SSLContext flawed(String alias) {
        return server(alias);
    }

    /** A PKCS#12 trust store with nothing but the authority. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** A PKCS#12 store with the authority's and every server's key; {@link #password} opens it and each of them. */
    public Path keyStore() {
        return folder.resolve("all-servers.p12");
    }

    /** The argument by which a JVM that this one starts has the same certificates, and needs not make its own. */
    public String jvmArgument() {
        return "-D" + FOLDER + "=" + folder;
    }

    /** The password of {@link #trustStore}. */
    public String password() {
        return PASSWORD;
    }

    /** The key and certificate chain of {@link #good} as PEM, for servers that are not ours. */
    public String goodPem() {
        return pemOf("good");
    }

    /** The same with an RSA key: GnuTLS does not understand how the JDK writes others. */
    public String rsaPem() {
        return pemOf("rsa");
    }

    private String pemOf(String alias) {
        try {
            StringBuilder pem = new StringBuilder(
                    pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
            for (Certificate certificate : keys.getCertificateChain(alias)) {
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
            managers.init(trust(keys));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore trust(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", keys.getCertificate("ca"));
        return trust;
    }

    /** A new context each time, so servers do not share TLS sessions. */
    private SSLContext server(String alias) {
        return server(alias, false);
    }

    private SSLContext server(String alias, boolean judging) {
        char[] password = PASSWORD.toCharArray();
        try {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(alias, keys.getKey(alias, password), password, keys.getCertificateChain(alias));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(one, password);
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory judges = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            judges.init(trust(keys));
            context.init(managers.getKeyManagers(), judging ? judges.getTrustManagers() : null, null);
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
