package dev.mailroom.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A MIME type that an application gave, read strictly (RFC 2045, section 5.1), without comments.
 *
 * @param type such as {@code image/png}, as it was given
 * @param parameters by their names in lower case, values without their quotes
 */
record MediaType(String type, Map<String, String> parameters) {
    private static final String TOKEN = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]+";
    private static final Pattern TOKEN_ONLY = Pattern.compile(TOKEN);
    private static final Pattern TYPE = Pattern.compile("[ \\t]*(" + TOKEN + "/" + TOKEN + ")[ \\t]*");
    private static final Pattern PARAMETER = Pattern.compile(
            ";[ \\t]*(?:(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[ -!#-\\[\\]-~]|\\\\[ -~])*)\"))?[ \\t]*");

    /** Reads one; empty if it is none. */
    static Optional<MediaType> of(String text) {
        Matcher type = TYPE.matcher(text);
        if (!type.lookingAt()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        int at = type.end();
        while (at < text.length()) {
            if (!parameter.region(at, text.length()).lookingAt()) {
                return Optional.empty();
            }
            if (parameter.group(1) != null) {
                String value = parameter.group(2) != null
                        ? parameter.group(2) : parameter.group(3).replaceAll("\\\\(.)", "$1");
                parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
            }
            at = parameter.end();
        }
        return Optional.of(new MediaType(type.group(1), parameters));
    }

    /** Whether it is that type, or one of those where the pattern ends with a slash. */
    boolean is(String pattern) {
        String mine = type.toLowerCase(Locale.ROOT);
        return pattern.endsWith("/") ? mine.startsWith(pattern) : mine.equals(pattern);
    }

    /**
     * The type and its parameters, in which a file's name stands too, where RFC 1341 had it: some readers look nowhere
     * else. A different name that was given in the type is removed.
     */
    Parameters named(String fileName) {
        var written = new Parameters("Content-Type", type);
        parameters.forEach((name, value) -> {
            if (fileName.isEmpty() || !name.equals("name") && !name.startsWith("name*")) {
                written.add(name, value);
            }
        });
        return fileName.isEmpty() ? written : written.addName("name", fileName);
    }

    static boolean isToken(String text) {
        return TOKEN_ONLY.matcher(text).matches();
    }
}
