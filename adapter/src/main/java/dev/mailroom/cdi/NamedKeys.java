package dev.mailroom.cdi;

import dev.mailroom.configuration.ConfigurationKey;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The keys of what the administrator gives names to: {@code mailroom.session.<name>.<suffix>} and
 * {@code mailroom.mailbox.<name>.<suffix>}. The name ends where a known suffix begins, so it may contain dots and
 * {@code @}; between double quotes it is taken as it is, which is needed only if it ends like a suffix.
 */
final class NamedKeys {
    /** Those of sessions that send. */
    static final NamedKeys SESSIONS = new NamedKeys("session", SessionKeys.ALL);
    /** Those of mailboxes. */
    static final NamedKeys MAILBOXES = new NamedKeys("mailbox", MailboxKeys.ALL);
    /** Every kind. */
    static final List<NamedKeys> ALL = List.of(SESSIONS, MAILBOXES);

    private static final String NAME = "<name>.";

    private final String kind;
    private final String prefix;
    private final List<ConfigurationKey<?>> keys;
    /** The longest first: in the environment {@code key-store-password} ends like {@code password}. */
    private final List<String> suffixes;

    /**
     * A property, taken apart.
     *
     * @param owner the name that the administrator gave
     * @param suffix what follows it
     */
    record Property(String owner, String suffix) {
    }

    private NamedKeys(String kind, List<ConfigurationKey<?>> keys) {
        this.kind = kind;
        this.prefix = "mailroom." + kind + ".";
        this.keys = List.copyOf(keys);
        this.suffixes = keys.stream().map(this::suffix)
                .sorted(Comparator.comparing(String::length).reversed()).toList();
    }

    /** What is named: {@code session} or {@code mailbox}. */
    String kind() {
        return kind;
    }

    /** What every one of them begins with; the name follows. */
    String prefix() {
        return prefix;
    }

    String prefixInEnvironment() {
        return ConfiguredProperties.inEnvironment(prefix);
    }

    List<ConfigurationKey<?>> keys() {
        return keys;
    }

    /** What follows the name. */
    String suffix(ConfigurationKey<?> key) {
        return key.name().substring(prefix.length() + NAME.length());
    }

    /** Splits a property's name; empty if it ends with no known suffix or has no name. */
    Optional<Property> parse(String property) {
        String rest = property.startsWith(prefix) ? property.substring(prefix.length()) : "";
        return suffixes.stream().filter(suffix -> rest.endsWith("." + suffix)).findFirst()
                .map(suffix -> new Property(unquoted(withoutEnd(rest, suffix)), suffix))
                .filter(found -> !found.owner.isBlank());
    }

    private static String withoutEnd(String rest, String suffix) {
        return rest.substring(0, rest.length() - suffix.length() - 1);
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    /**
     * Reads the name of an environment variable. It can only tell names of lower case letters, digits and hyphens:
     * {@code MAILROOM_SESSION_MY_SHOP_SERVER} is session {@code my-shop}.
     */
    Optional<Property> parseEnvironment(String variable) {
        String upper = variable.toUpperCase(Locale.ROOT);
        String begin = prefixInEnvironment();
        String rest = upper.startsWith(begin) ? upper.substring(begin.length()) : "";
        return suffixes.stream()
                .filter(suffix -> rest.endsWith("_" + ConfiguredProperties.inEnvironment(suffix))).findFirst()
                .map(suffix -> new Property(
                        withoutEnd(rest, suffix).toLowerCase(Locale.ROOT).replace('_', '-'), suffix))
                .filter(found -> found.owner.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    /** How a key of that name may be spelt: plainly and with the name between quotes. */
    List<String> spellings(String owner, ConfigurationKey<?> key) {
        String suffix = suffix(key);
        String plain = prefix + owner + "." + suffix;
        String quoted = prefix + "\"" + owner + "\"." + suffix;
        boolean same = parse(plain).filter(new Property(owner, suffix)::equals).isPresent();
        return same ? List.of(plain, quoted) : List.of(quoted);
    }

    /** An environment variable gives a name of its own only if no property spells one that fits it. */
    SortedSet<String> names(ConfiguredProperties properties) {
        SortedSet<String> names = new TreeSet<>();
        properties.names().stream().map(this::parse).flatMap(Optional::stream)
                .forEach(property -> names.add(property.owner()));
        List<String> spelt = names.stream().map(ConfiguredProperties::inEnvironment).toList();
        properties.environmentNames().stream().map(this::parseEnvironment).flatMap(Optional::stream)
                .map(Property::owner)
                .filter(owner -> !spelt.contains(ConfiguredProperties.inEnvironment(owner)))
                .forEach(names::add);
        return names;
    }
}
