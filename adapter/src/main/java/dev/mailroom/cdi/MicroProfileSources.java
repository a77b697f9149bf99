package dev.mailroom.cdi;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** The server's MicroProfile Config. The only class that knows it: it is loaded where the server has the API. */
final class MicroProfileSources implements ConfigurationSources {
    private final Config config;

    MicroProfileSources(Config config) {
        this.config = config;
    }

    /**
     * What the application sees; empty = the API is there, but no implementation of it.
     *
     * @throws NoClassDefFoundError where there is not even the API
     */
    static Optional<ConfigurationSources> find() {
        try {
            ConfigProviderResolver.instance();
        } catch (IllegalStateException noImplementation) {
            return Optional.empty();
        }
        return Optional.of(new MicroProfileSources(ConfigProvider.getConfig()));
    }

    @Override
    public Iterable<String> names() {
        return config.getPropertyNames();
    }

    @Override
    public Value find(String name) {
        var value = config.getConfigValue(name);
        if (value.getValue() == null || value.getValue().isEmpty()) {
            return new Value("", value.getRawValue() != null && value.getRawValue().contains("${"), "");
        }
        return new Value(value.getValue(), false, value.getSourceName() == null ? "" : value.getSourceName());
    }

    @Override
    public List<String> profiles() {
        return config.getOptionalValue(Config.PROFILE, String.class).stream().toList();
    }
}
