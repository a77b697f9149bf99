package dev.mailroom.cdi;

import java.util.Optional;
import java.util.function.Function;

/**
 * Property expressions as in MicroProfile Config 3.1: {@code ${name}}, {@code ${name:default}}, one in another, and
 * {@code \${} for the characters themselves. Immutable.
 */
final class ConfigurationExpression {
    /** How deep expressions may refer to one another: a circle of them ends here. */
    private static final int DEEPEST = 10;
    private static final String BEGIN = "${";

    private final Function<String, Optional<String>> values;

    /** @param values what is configured under a name, expressions as they are */
    ConfigurationExpression(Function<String, Optional<String>> values) {
        this.values = values;
    }

    /**
     * The text with its expressions resolved; empty = one of them names a property that is not set, or refers to
     * itself.
     */
    Optional<String> resolve(String text) {
        return resolve(text, 0);
    }

    private Optional<String> resolve(String text, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        var resolved = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("\\" + BEGIN, at)) {
                resolved.append(BEGIN);
                at += BEGIN.length() + 1;
            } else if (text.startsWith(BEGIN, at)) {
                int end = end(text, at + BEGIN.length());
                Optional<String> value = end < 0
                        ? Optional.empty() : value(text.substring(at + BEGIN.length(), end), depth);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                resolved.append(value.get());
                at = end + 1;
            } else {
                resolved.append(text.charAt(at++));
            }
        }
        return Optional.of(resolved.toString());
    }

    /** The end of the expression that begins before that position; negative = it has none. */
    private static int end(String text, int from) {
        int open = 1;
        for (int at = from; at < text.length(); at++) {
            if (text.startsWith(BEGIN, at)) {
                open++;
            } else if (text.charAt(at) == '}' && --open == 0) {
                return at;
            }
        }
        return -1;
    }

    private Optional<String> value(String expression, int depth) {
        int colon = colon(expression);
        String name = colon < 0 ? expression : expression.substring(0, colon);
        return resolve(name, depth + 1).flatMap(values).flatMap(text -> resolve(text, depth + 1))
                .or(() -> colon < 0 ? Optional.empty() : resolve(expression.substring(colon + 1), depth + 1));
    }

    /** The colon in front of the default, ignoring those of nested expressions. */
    private static int colon(String expression) {
        int open = 0;
        for (int at = 0; at < expression.length(); at++) {
            if (expression.startsWith(BEGIN, at)) {
                open++;
            } else if (expression.charAt(at) == '}') {
                open--;
            } else if (expression.charAt(at) == ':' && open == 0) {
                return at;
            }
        }
        return -1;
    }
}
