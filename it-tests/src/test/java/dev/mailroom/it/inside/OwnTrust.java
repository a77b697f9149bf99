package dev.mailroom.it.inside;

import dev.mailroom.testing.TestCertificates;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Configures the connector's own trust anchors: the authority of the test servers in this JVM. */
public final class OwnTrust implements ConfigSource {
    private final Map<String, String> properties = Map.of(
            "mailroom.security.trust-store", TestCertificates.get().trustStore().toString(),
            "mailroom.security.trust-store-password", TestCertificates.get().password());

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public Map<String, String> getProperties() {
        return properties;
    }

    @Override
    public String getName() {
        return "certificates of the test servers";
    }
}
