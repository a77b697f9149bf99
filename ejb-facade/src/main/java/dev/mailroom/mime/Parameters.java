package dev.mailroom.mime;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * A field value with parameters (RFC 2045, section 5.1), such as Content-Type, while it is written. No value is broken
 * between lines: readers disagree about what a line end inside of quotes is. A text that is not plain is written in
 * percent-encoded UTF-8, a long one in sections (RFC 2231, sections 3 and 4), with none but letters, digits, hyphens,
 * dots and underscores as they are: for each other character that RFC 5987 allows there is a reader that misunderstands
 * it. JVM-wide properties of Jakarta Mail have no effect.
 */
final class Parameters {
    private static final int WANTED = 76;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final StringBuilder out;
    private int column;

    /** Begins a field. */
    Parameters(String field, String value) {
        out = new StringBuilder(value.length() + 64).append(value);
        column = field.length() + 2 + value.length();
    }

    /** Adds a parameter of printable ASCII. */
    Parameters add(String name, String value) {
        // What was encoded by RFC 2231 before stands without quotes.
        boolean bare = isWord(value) || name.endsWith("*") && MediaType.isToken(value);
        return write(name + "=" + (bare ? value : quoted(value)));
    }

    /** Adds a file name of any characters. */
    Parameters addName(String name, String fileName) {
        return isPlain(fileName) ? add(name, fileName) : addSections(name, fileName);
    }

    /**
     * Adds a file name of any characters and, where it is not plain, one of ASCII for old readers, behind it: of two
     * parameters some readers take the first, others prefer the sections wherever they stand, and none the last.
     */
    Parameters addNameForAll(String name, String fileName) {
        addName(name, fileName);
        return isPlain(fileName) ? this : add(name, plain(fileName));
    }

    private Parameters addSections(String name, String fileName) {
        StringBuilder section = new StringBuilder(WANTED).append("UTF-8''");
        int number = 0;
        // A section ends between two characters: there are readers that decode each for itself. A single one has its
        // number too: without it Jakarta Mail takes the parameter for old readers, behind it, for the same one.
        for (int c : fileName.codePoints().toArray()) {
            String one = encoded(c);
            int room = WANTED - 8 - name.length() - 5 - String.valueOf(number).length();
            if (section.length() + one.length() > room) {
                write(name + "*" + number++ + "*=" + section);
                section.setLength(0);
            }
            section.append(one);
        }
        return write(name + "*" + number + "*=" + section);
    }

    private static String encoded(int character) {
        StringBuilder encoded = new StringBuilder(12);
        for (byte octet : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (isWordCharacter((char) c)) {
                encoded.append((char) c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return encoded.toString();
    }

    private Parameters write(String parameter) {
        begin(parameter.length());
        out.append(parameter);
        column += parameter.length();
        return this;
    }

    private void begin(int length) {
        out.append("; ");
        column += 2;
        if (column + length > WANTED) {
            out.append("\r\n\t");
            column = 8;
        }
    }

    /** The value as it stands behind the field's name. */
    String value() {
        return out.toString();
    }

    /** Whether every reader sees it as it is, in quotes or not. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        // Between two apostrophes one reader sees RFC 2231's language, in quotes too, and drops what stands before.
        boolean extended = name.indexOf('\'') != name.lastIndexOf('\'');
        return !extended && !name.contains("=?")
                && !name.startsWith(" ") && !name.endsWith(" ") && !name.contains("  ");
    }

    /**
     * The most similar name of plain characters: accents are dropped, and every other character that is not plain
     * becomes an underscore.
     */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        Normalizer.normalize(name, Form.NFKD).codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> plain.append(isWordCharacter((char) c) && c < 128 || c == '+' ? (char) c
                        : c == ' ' && plain.length() > 0 && plain.charAt(plain.length() - 1) != ' ' ? ' ' : '_'));
        return plain.toString().stripTrailing();
    }

    private static boolean isWord(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isWordCharacter(value.charAt(i))) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean isWordCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 8).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
