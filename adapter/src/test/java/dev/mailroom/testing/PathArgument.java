package dev.mailroom.testing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The argument of MAIL or RCPT: a path without angle brackets, and ESMTP parameters as sent. */
record PathArgument(String path, List<String> parameters) {
    static final PathArgument NONE = new PathArgument("", List.of());

    /** @param prefix {@code MAIL FROM:<} or {@code RCPT TO:<} */
    static Optional<PathArgument> parse(String line, String prefix) {
        int end = line.indexOf('>', prefix.length());
        if (!line.regionMatches(true, 0, prefix, 0, prefix.length()) || end < 0) {
            return Optional.empty();
        }
        String path = line.substring(prefix.length(), end);
        String rest = line.substring(end + 1);
        if (rest.isEmpty()) {
            return Optional.of(new PathArgument(path, List.of()));
        }
        if (rest.charAt(0) != ' ') {
            return Optional.empty();
        }
        return Optional.of(new PathArgument(path, List.of(rest.substring(1).split(" "))));
    }

    /** The first parameter that belongs to an extension which was not announced. */
    Optional<String> unknownParameter(ServerSettings settings) {
        return parameters.stream().filter(parameter -> !settings.offers(extensionOf(parameter))).findFirst();
    }

    /** The value of SIZE= (RFC 1870), or 0. */
    long announcedSize() {
        return parameters.stream().filter(p -> p.matches("(?i)SIZE=\\d{1,18}"))
                .mapToLong(p -> Long.parseLong(p.substring(5))).findFirst().orElse(0);
    }

    private static String extensionOf(String parameter) {
        String name = parameter.split("=", 2)[0].toUpperCase(Locale.ROOT);
        return switch (name) {
            case "BODY" -> "8BITMIME";
            case "RET", "ENVID", "NOTIFY", "ORCPT" -> "DSN";
            default -> name;
        };
    }
}
