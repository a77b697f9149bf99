package dev.mailroom.transport;

import dev.mailroom.TrustMode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Finds the trust managers of each {@link TrustMode}. */
final class TrustAnchors {
    private final TrustSettings settings;

    TrustAnchors(TrustSettings settings) {
        this.settings = settings;
    }

    /** In the order in which they are asked. */
    List<X509ExtendedTrustManager> of(TrustMode mode) throws GeneralSecurityException, IOException {
        List<X509ExtendedTrustManager> managers = new ArrayList<>();
        if (mode != TrustMode.OWN) {
            managers.add(manager(null));
        }
        if (mode != TrustMode.SERVER) {
            managers.add(manager(own()));
        }
        return managers;
    }

    /**
     * The JDK's certificates and those of the administrator's file, in one store.
     *
     * @throws IOException when the file is missing, is no key store, or the password is wrong
     */
    KeyStore own() throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        // The file that javax.net.ssl.trustStore replaces; its usual password is no secret.
        Path jdk = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        if (Files.isReadable(jdk)) {
            add(all, "jdk-", jdk.toFile(), "changeit".toCharArray());
        }
        if (settings.store().isPresent()) {
            add(all, "own-", settings.store().get().toFile(), settings.password());
        }
        return all;
    }

    private static void add(KeyStore all, String prefix, File file, char[] password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(file, password);
        for (String alias : Collections.list(store.aliases())) {
            Certificate certificate = store.getCertificate(alias);
            if (certificate != null) {
                all.setCertificateEntry(prefix + alias, certificate);
            }
        }
    }

    /** With {@code null} the JDK takes its default trust store as the system properties configure it. */
    private static X509ExtendedTrustManager manager(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the JVM has no X.509 trust manager");
    }
}
