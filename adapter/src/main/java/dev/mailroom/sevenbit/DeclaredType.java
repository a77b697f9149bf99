package dev.mailroom.sevenbit;

import java.util.Locale;
import java.util.Optional;

/**
 * What a Content-Type says (RFC 2045, section 5.1), as far as it matters here.
 *
 * @param name type and subtype, in lower case
 * @param boundary empty where there is none
 */
record DeclaredType(String name, String boundary) {
    private static final String NOT_IN_TOKENS = "()<>@,;:\\\"/[]?=";

    /** Empty where the value cannot be understood. */
    static Optional<DeclaredType> of(String value) {
        int end = pieceEnd(value, 0);
        String name = withoutComment(value.substring(0, end)).toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        if (slash < 0 || !isToken(name.substring(0, slash)) || !isToken(name.substring(slash + 1))) {
            return Optional.empty();
        }
        String boundary = "";
        while (end < value.length() && boundary.isEmpty()) {
            int next = pieceEnd(value, end + 1);
            boundary = boundary(value.substring(end + 1, next));
            end = next;
        }
        return Optional.of(new DeclaredType(name, boundary));
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && NOT_IN_TOKENS.indexOf(c) < 0);
    }

    /** Where the semicolon is that ends the piece that begins there. */
    private static int pieceEnd(String value, int from) {
        boolean quoted = false;
        for (int at = from; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\\' && quoted) {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return at;
            }
        }
        return value.length();
    }

    /** Empty where the parameter is another one. */
    private static String boundary(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0 || !parameter.substring(0, equals).strip().equalsIgnoreCase("boundary")) {
            return "";
        }
        String text = parameter.substring(equals + 1).strip();
        return text.startsWith("\"") ? unquoted(text) : withoutComment(text);
    }

    private static String unquoted(String text) {
        StringBuilder bare = new StringBuilder(text.length());
        for (int at = 1; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            bare.append(text.charAt(at));
        }
        return bare.toString();
    }

    private static String withoutComment(String text) {
        int comment = text.indexOf(" (");
        return (comment > 0 ? text.substring(0, comment) : text).strip();
    }
}
