package dev.mailroom.configuration;

import dev.mailroom.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the text of a configuration value is understood, checked and described. Immutable.
 *
 * @param <T> what the text becomes
 */
public final class ConfigurationType<T> {
    private final String name;
    private final boolean secret;
    private final Function<String, T> parser;
    private final Function<T, String> printer;

    private ConfigurationType(String name, boolean secret, Function<String, T> parser, Function<T, String> printer) {
        this.name = Objects.requireNonNull(name, "name");
        this.secret = secret;
        this.parser = Objects.requireNonNull(parser, "parser");
        this.printer = Objects.requireNonNull(printer, "printer");
    }

    /**
     * A type of a module's own.
     *
     * @param name what the table shows, such as {@code number}
     * @param parser turns text, stripped of white space around it, into a value or throws
     *        {@link IllegalArgumentException} with a message that begins with "expected"
     */
    public static <T> ConfigurationType<T> of(String name, Function<String, T> parser, Function<T, String> printer) {
        return new ConfigurationType<>(name, false, text -> parser.apply(text.strip()), printer);
    }

    /** Text that is not blank and has no control characters. */
    public static ConfigurationType<String> text() {
        return of("text", ConfigurationType::plain, Function.identity());
    }

    /** Texts separated by commas. */
    public static ConfigurationType<List<String>> list() {
        return list("list", Function.identity());
    }

    /** Texts separated by commas, each checked by itself. */
    public static ConfigurationType<List<String>> list(String name, Function<String, String> element) {
        return of(name,
                text -> Arrays.stream(text.split(",", -1)).map(each -> element.apply(plain(each.strip()))).toList(),
                list -> String.join(",", list));
    }

    /** A whole number within bounds, both included. */
    public static ConfigurationType<Integer> number(int least, int most) {
        return of("number", text -> {
            try {
                return (int) Numbers.within(Long.parseLong(text), least, most);
            } catch (NumberFormatException notANumber) {
                throw Numbers.expected(least, most);
            }
        }, String::valueOf);
    }

    /** A size in octets within bounds, both included: {@code 1048576}, {@code 512KiB}, {@code 10MiB}, {@code 2GiB}. */
    public static ConfigurationType<Long> size(long least, long most) {
        return of("size", text -> Numbers.octets(text, least, most), Numbers::octets);
    }

    /**
     * A time within bounds, both included: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}, {@code 0},
     * or ISO 8601 such as {@code PT1M30S}.
     */
    public static ConfigurationType<Duration> duration(Duration least, Duration most) {
        return of("duration", text -> Durations.parse(text, least, most), Durations::print);
    }

    /** {@code on} or {@code off}; {@code true} and {@code false} are understood as well. */
    public static ConfigurationType<Boolean> onOff() {
        return of("on, off", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new IllegalArgumentException("expected on or off");
        }, on -> on ? "on" : "off");
    }

    /** {@code allow} (true) or {@code refuse} (false). */
    public static ConfigurationType<Boolean> allowRefuse() {
        return of("allow, refuse", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "allow" -> true;
            case "refuse" -> false;
            default -> throw new IllegalArgumentException("expected allow or refuse");
        }, allowed -> allowed ? "allow" : "refuse");
    }

    /** One of the constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> ConfigurationType<E> choice(Class<E> constants) {
        String all = String.join(", ", Arrays.stream(constants.getEnumConstants()).map(Words::of).toList());
        return of(all, text -> Arrays.stream(constants.getEnumConstants())
                .filter(constant -> Words.of(constant).equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + all)), Words::of);
    }

    /** A file that exists and can be read now. */
    public static ConfigurationType<Path> file() {
        return of("file", text -> {
            Path path = Path.of(plain(text));
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new IllegalArgumentException("expected a file that the server may read; found none at "
                        + path.toAbsolutePath());
            }
            return path;
        }, Path::toString);
    }

    /**
     * A secret, taken as it is. Its text appears in no message.
     *
     * @param kind {@link Secret#password} or {@link Secret#accessToken}
     */
    public static ConfigurationType<Secret> secret(Function<String, Secret> kind) {
        return new ConfigurationType<>("secret", true, kind, Secret::toString);
    }

    /**
     * A file that holds a secret in UTF-8; one line end behind it does not count. It is read again when it changes: the
     * secret is the same one then, with another value.
     */
    public static ConfigurationType<Secret> secretFile(Function<String, Secret> kind) {
        return new ConfigurationType<>(SecretFile.TYPE, false, text -> SecretFile.follow(plain(text.strip()), kind),
                Secret::toString);
    }

    private static String plain(String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("expected text that is not blank and has no control characters");
        }
        return text;
    }

    /** What the table shows. */
    public String name() {
        return name;
    }

    /** Whether the text must never be shown. */
    public boolean secret() {
        return secret;
    }

    /**
     * Understands a text.
     *
     * @throws IllegalArgumentException with what was expected instead, beginning with "expected"
     */
    public T parse(String text) {
        return parser.apply(text);
    }

    /** A warning for the administrator about a value that is accepted all the same; empty = none. */
    public String caution(String text) {
        return name.equals(SecretFile.TYPE) ? SecretFile.caution(text.strip()) : "";
    }

    /** Writes a value as the table shows it. */
    public String print(T value) {
        return printer.apply(value);
    }
}
