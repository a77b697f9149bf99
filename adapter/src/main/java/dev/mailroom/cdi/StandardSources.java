package dev.mailroom.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What MicroProfile Config 3.1 reads by default, for servers without it: system properties, the environment, and
 * {@code META-INF/microprofile-config.properties} of the application and its libraries, with their ordinals, mapped
 * names and expressions. Without profiles and without sources of the application's own. Read once. Immutable.
 */
final class StandardSources implements ConfigurationSources {
    private static final String FILE = "META-INF/microprofile-config.properties";
    private static final String ORDINAL = "config_ordinal";
    private static final int OF_SYSTEM = 400;
    private static final int OF_ENVIRONMENT = 300;
    private static final int OF_FILE = 100;

    /**
     * One of them.
     *
     * @param mapped whether names are those of environment variables
     */
    private record Source(String name, int ordinal, boolean mapped, Map<String, String> values) {
        static Source of(String name, int ordinal, boolean mapped, Map<String, String> values) {
            String own = values.getOrDefault(ORDINAL, "");
            return new Source(name, own.strip().matches("-?\\d{1,9}") ? Integer.parseInt(own.strip()) : ordinal,
                    mapped, Map.copyOf(values));
        }

        Optional<String> find(String key) {
            return spellings(key).stream().filter(values::containsKey).findFirst().map(values::get);
        }

        private List<String> spellings(String key) {
            String plain = key.replaceAll("[^A-Za-z0-9]", "_");
            return mapped ? List.of(key, plain, plain.toUpperCase(Locale.ROOT)) : List.of(key);
        }
    }

    private final List<Source> sources;

    private StandardSources(List<Source> sources) {
        this.sources = sources;
    }

    /** @param loader the application's, which has the files */
    static StandardSources of(Properties system, Map<String, String> environment, ClassLoader loader) {
        List<Source> all = new ArrayList<>();
        all.add(Source.of("a system property", OF_SYSTEM, false, texts(system)));
        all.add(Source.of("the environment", OF_ENVIRONMENT, true, environment));
        try {
            for (URL file : Collections.list(loader.getResources(FILE))) {
                all.add(Source.of(file.toString(), OF_FILE, false, read(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        // Where ordinals are the same, the class path decides.
        all.sort(Comparator.comparingInt(Source::ordinal).reversed());
        return new StandardSources(List.copyOf(all));
    }

    private static Map<String, String> read(URL file) throws IOException {
        var connection = file.openConnection();
        // A cached jar would stay open, and with it the application that is gone.
        connection.setUseCaches(false);
        var properties = new Properties();
        try (var in = new InputStreamReader(connection.getInputStream(), UTF_8)) {
            properties.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no properties file: " + e.getMessage(), e);
        }
        return texts(properties);
    }

    private static Map<String, String> texts(Properties properties) {
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }

    @Override
    public Iterable<String> names() {
        SortedSet<String> names = new TreeSet<>();
        sources.forEach(source -> names.addAll(source.values().keySet()));
        return names;
    }

    @Override
    public Value find(String name) {
        Optional<Source> source = source(name);
        if (source.isEmpty()) {
            return Value.NONE;
        }
        return source.flatMap(found -> found.find(name)).flatMap(new ConfigurationExpression(this::raw)::resolve)
                .map(text -> new Value(text, false, source.get().name())).orElse(new Value("", true, ""));
    }

    /** The first source that has the name decides, even if it sets it to nothing. */
    private Optional<Source> source(String name) {
        return sources.stream().filter(source -> source.find(name).isPresent()).findFirst();
    }

    private Optional<String> raw(String name) {
        return source(name).flatMap(source -> source.find(name)).filter(text -> !text.isEmpty());
    }

    @Override
    public List<String> profiles() {
        return List.of();
    }
}
