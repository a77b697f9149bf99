package dev.mailroom.cdi;

import dev.mailroom.configuration.ConfigurationKey;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A property of a named session: {@code mailroom.session.<name>.<suffix>}. The name ends where a known suffix
 * begins, so it may contain dots and {@code @}; between double quotes it is taken as it is, which is needed
 * only if it ends like a suffix.
 *
 * @param session the session's name
 * @param suffix one of {@link SessionKeys}, without what precedes it
 */
record SessionProperty(String session, String suffix) {
    static final String PREFIX = "mailroom.session.";
    private static final String PREFIX_IN_ENVIRONMENT = "MAILROOM_SESSION_";
    /** The longest first: in the environment {@code key-store-password} ends like {@code password}. */
    private static final List<String> SUFFIXES = SessionKeys.ALL.stream().map(SessionKeys::suffix)
            .sorted(Comparator.comparing(String::length).reversed()).toList();

    /** Splits a property's name; empty if it ends with no known suffix or has no session's name. */
    static Optional<SessionProperty> parse(String property) {
        String rest = property.startsWith(PREFIX) ? property.substring(PREFIX.length()) : "";
        return SUFFIXES.stream().filter(suffix -> rest.endsWith("." + suffix)).findFirst()
                .map(suffix -> new SessionProperty(unquoted(withoutEnd(rest, suffix)), suffix))
                .filter(found -> !found.session.isBlank());
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
    static Optional<SessionProperty> parseEnvironment(String variable) {
        String upper = variable.toUpperCase(Locale.ROOT);
        String rest = upper.startsWith(PREFIX_IN_ENVIRONMENT) ? upper.substring(PREFIX_IN_ENVIRONMENT.length()) : "";
        return SUFFIXES.stream()
                .filter(suffix -> rest.endsWith("_" + ConfiguredProperties.inEnvironment(suffix))).findFirst()
                .map(suffix -> new SessionProperty(
                        withoutEnd(rest, suffix).toLowerCase(Locale.ROOT).replace('_', '-'), suffix))
                .filter(found -> found.session.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    /** How a key of a session may be spelt: plainly and with the name between quotes. */
    static List<String> spellings(String session, ConfigurationKey<?> key) {
        String suffix = SessionKeys.suffix(key);
        String plain = PREFIX + session + "." + suffix;
        String quoted = PREFIX + "\"" + session + "\"." + suffix;
        boolean same = parse(plain).filter(new SessionProperty(session, suffix)::equals).isPresent();
        return same ? List.of(plain, quoted) : List.of(quoted);
    }
}
