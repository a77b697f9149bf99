package dev.mailroom.mime;

/** Values as error messages show them: no character can pretend to be another, hide, or end the line. */
final class PrintableValue {
    private static final int LONGEST = 120;

    private PrintableValue() {
    }

    /** The value in double quotes, cut where it is longer than 120 characters. */
    static String quoted(String value) {
        int end = Math.min(value.length(), LONGEST);
        StringBuilder shown = new StringBuilder(end + 3).append('"');
        append(shown, value, 0, end);
        return shown.append(end < value.length() ? "…\"" : "\"").toString();
    }

    private static void append(StringBuilder shown, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            int c = codePoint(text, i, to);
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case '\t' -> shown.append("\\t");
                case '\0' -> shown.append("\\0");
                default -> {
                    if (!hidden(c)) {
                        shown.appendCodePoint(c);
                    } else {
                        for (char half : Character.toChars(c)) {
                            shown.append(String.format("\\u%04x", (int) half));
                        }
                    }
                }
            }
            i += Character.charCount(c) - 1;
        }
    }

    // A surrogate pair that the limit cuts in two is shown as half a pair.
    private static int codePoint(String text, int index, int end) {
        return index + 1 < end ? text.codePointAt(index) : text.charAt(index);
    }

    private static boolean hidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
