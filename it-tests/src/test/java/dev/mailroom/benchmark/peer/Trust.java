package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's way to trust the server's authority. */
final class Trust {
    private Trust() {
    }

    /** One context to be shared by all connections, so that TLS sessions can be resumed. */
    static SSLContext in(Target target) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(target.trustStore().orElseThrow())) {
            store.load(in, target.password().toCharArray());
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
