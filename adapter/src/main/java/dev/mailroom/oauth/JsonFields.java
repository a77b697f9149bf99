package dev.mailroom.oauth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts, numbers and truth values in a JSON object (RFC 8259), by name; what is nested is passed over. Total: what
 * is no such object is an empty result, never an exception.
 */
public final class JsonFields {
    private static final int DEEPEST = 20;

    private final String text;
    private final boolean textsOnly;
    private int at;

    private JsonFields(String text, boolean textsOnly) {
        this.text = text;
        this.textsOnly = textsOnly;
    }

    /** The fields, in their order; of those of one name the last; empty = this is no JSON object. */
    public static Map<String, String> of(String json) {
        return read(json, false);
    }

    /** Those whose value is a text; a name whose last value is something else is not among them. */
    static Map<String, String> texts(String json) {
        return read(json, true);
    }

    private static Map<String, String> read(String json, boolean textsOnly) {
        try {
            JsonFields reader = new JsonFields(json, textsOnly);
            Map<String, String> fields = reader.object(0);
            reader.blanks();
            return reader.at == json.length() ? fields : Map.of();
        } catch (IndexOutOfBoundsException | IllegalArgumentException notJson) {
            return Map.of();
        }
    }

    private Map<String, String> object(int depth) {
        Map<String, String> fields = new LinkedHashMap<>();
        expect('{');
        if (!next('}')) {
            do {
                blanks();
                String name = string();
                expect(':');
                Optional<String> value = value(depth);
                if (textsOnly) {
                    fields.remove(name);
                }
                value.ifPresent(found -> fields.put(name, found));
            } while (next(','));
            expect('}');
        }
        return fields;
    }

    private void array(int depth) {
        expect('[');
        if (!next(']')) {
            do {
                value(depth);
            } while (next(','));
            expect(']');
        }
    }

    private Optional<String> value(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        blanks();
        switch (text.charAt(at)) {
            case '"':
                return Optional.of(string());
            case '{':
                object(depth + 1);
                return Optional.empty();
            case '[':
                array(depth + 1);
                return Optional.empty();
            default:
                String word = word();
                return textsOnly || word.equals("null") ? Optional.empty() : Optional.of(word);
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && isPartOfWord(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new IllegalArgumentException("nothing where a value was expected");
        }
        return text.substring(start, at);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0;
    }

    private String string() {
        if (text.charAt(at) != '"') {
            throw new IllegalArgumentException("no string");
        }
        StringBuilder value = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            value.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        at++;
        char kind = text.charAt(at);
        if (kind == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
        int which = "bfnrt".indexOf(kind);
        return which < 0 ? kind : "\b\f\n\r\t".charAt(which);
    }

    private void expect(char c) {
        if (!next(c)) {
            throw new IllegalArgumentException("expected " + c);
        }
    }

    private boolean next(char c) {
        blanks();
        boolean there = text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
