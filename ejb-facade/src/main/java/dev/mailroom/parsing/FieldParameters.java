package dev.mailroom.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value with parameters (RFC 2045, section 5.1; RFC 2231), such as Content-Type, read so that no form that is seen in
 * mails is lost: sections, percent-encoding, encoded words within quotes, values with spaces and without quotes.
 */
final class FieldParameters {
    private static final int MOST = 200;

    private final String value;
    /** As they were written, names in lower case. */
    private final Map<String, String> raw = new LinkedHashMap<>();

    private FieldParameters(String value) {
        this.value = value;
    }

    static FieldParameters of(String field) {
        int at = pieceEnd(field, 0);
        FieldParameters parameters = new FieldParameters(withoutComment(field.substring(0, at)));
        while (at < field.length() && parameters.raw.size() < MOST) {
            int end = pieceEnd(field, at + 1);
            parameters.add(field.substring(at + 1, end));
            at = end;
        }
        return parameters;
    }

    /** Where the semicolon is that ends the piece that begins there. */
    private static int pieceEnd(String field, int from) {
        boolean quoted = false;
        for (int i = from; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        return field.length();
    }

    private void add(String piece) {
        int equals = piece.indexOf('=');
        if (equals > 0) {
            String name = piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String text = piece.substring(equals + 1).strip();
            raw.putIfAbsent(name, text.startsWith("\"") ? unquoted(text) : withoutComment(text));
        }
    }

    private static String withoutComment(String text) {
        int comment = text.indexOf(" (");
        return (comment > 0 ? text.substring(0, comment) : text).strip();
    }

    private static String unquoted(String text) {
        StringBuilder bare = new StringBuilder(text.length());
        for (int i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            bare.append(text.charAt(i));
        }
        return bare.toString();
    }

    /** What stands before the parameters. */
    String value() {
        return value;
    }

    /** A parameter, decoded; empty if there is none. */
    String get(String name) {
        return extended(name).or(() -> Optional.ofNullable(raw.get(name)).map(WordDecoding::decode)).orElse("");
    }

    /** RFC 2231, sections 3 and 4. */
    private Optional<String> extended(String name) {
        String whole = raw.get(name + "*");
        if (whole == null && !raw.containsKey(name + "*0") && !raw.containsKey(name + "*0*")) {
            return Optional.empty();
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        String charset = "";
        for (int section = 0; section < MOST; section++) {
            String encoded = whole != null ? whole : raw.get(name + "*" + section + "*");
            String plain = encoded == null ? raw.get(name + "*" + section) : null;
            if (encoded == null && plain == null) {
                break;
            }
            if (plain != null) {
                octets.writeBytes(plain.getBytes(UTF_8));
                continue;
            }
            int first = encoded.indexOf('\'');
            int second = encoded.indexOf('\'', first + 1);
            boolean declares = section == 0 && first >= 0 && second > 0;
            if (declares) {
                charset = encoded.substring(0, first);
            }
            percent(declares ? encoded.substring(second + 1) : encoded, octets);
            if (whole != null) {
                break;
            }
        }
        return Optional.of(WordDecoding.oneLine(TextDecoding.decode(octets.toByteArray(), charset)));
    }

    private static void percent(String encoded, ByteArrayOutputStream octets) {
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%' && i + 2 < encoded.length() && TransferDecoding.hex(encoded.charAt(i + 1)) >= 0
                    && TransferDecoding.hex(encoded.charAt(i + 2)) >= 0) {
                octets.write(TransferDecoding.hex(encoded.charAt(i + 1)) << 4
                        | TransferDecoding.hex(encoded.charAt(i + 2)));
                i += 2;
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(UTF_8));
            }
        }
    }

    /** The value with all its parameters but that one in any of its forms, as a composer takes it. */
    String without(String name) {
        StringBuilder text = new StringBuilder(value);
        raw.forEach((one, parameter) -> {
            boolean plainName = one.matches("[!#$%&'*+.^_`{|}~0-9a-z-]+");
            boolean plain = parameter.chars().allMatch(c -> c >= ' ' && c <= '~');
            if (!one.equals(name) && !one.startsWith(name + "*") && plainName && plain) {
                text.append("; ").append(one).append('=');
                boolean encoded = one.endsWith("*") && parameter.matches("[\\w.%'!#$&+^`{|}~-]+");
                if (encoded || parameter.matches("[A-Za-z0-9._-]+")) {
                    text.append(parameter);
                } else {
                    text.append('"').append(parameter.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
                }
            }
        });
        return text.toString();
    }
}
