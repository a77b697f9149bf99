package dev.mailroom.cdi;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * MicroProfile Config over two maps, answering as Payara Micro 6.2025.10 does: the environment comes first and is found
 * under mapped names, an empty value counts as none but is listed, so does {@code ${X}} unless a property X exists.
 */
final class MapConfig implements Config {
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> properties = new TreeMap<>();

    static MapConfig of(String... namesAndValues) {
        var config = new MapConfig();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            config.properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return config;
    }

    MapConfig and(String name, String value) {
        properties.put(name, value);
        return this;
    }

    MapConfig environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    private Optional<Map.Entry<String, String>> raw(String name) {
        String mapped = name.replaceAll("[^A-Za-z0-9]", "_");
        for (String spelling : new String[] {name, mapped, mapped.toUpperCase(Locale.ROOT)}) {
            if (environment.containsKey(spelling)) {
                return Optional.of(Map.entry("Environment", environment.get(spelling)));
            }
        }
        return Optional.ofNullable(properties.get(name)).map(value -> Map.entry("Properties", value));
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        var raw = raw(name);
        String text = raw.map(Map.Entry::getValue).orElse("");
        String value = text.startsWith("${") && text.endsWith("}")
                ? raw(text.substring(2, text.length() - 1)).map(Map.Entry::getValue).orElse("") : text;
        return new Value(name, value.isEmpty() ? null : value, text.isEmpty() ? null : text,
                raw.map(Map.Entry::getKey).orElse(null));
    }

    @Override
    public Iterable<String> getPropertyNames() {
        Set<String> names = new LinkedHashSet<>(environment.keySet());
        names.addAll(properties.keySet());
        return names;
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        return Optional.ofNullable(getConfigValue(name).getValue()).map(type::cast);
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
        return getOptionalValue(name, type).orElseThrow(() -> new NoSuchElementException(name));
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    private record Value(String getName, String getValue, String getRawValue, String getSourceName)
            implements ConfigValue {
        @Override
        public int getSourceOrdinal() {
            return 100;
        }
    }
}
