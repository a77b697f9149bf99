package dev.mailroom.mime;

/** Values as error messages show them: no character can pretend to be another or end the line. */
final class Visible {
    private static final int LONGEST = 120;

    private Visible() {
    }

    /** The value in double quotes, controls and invisible characters as escapes, cut where it is long. */
    static String quoted(String value) {
        StringBuilder shown = new StringBuilder(value.length() + 2).append('"');
        int end = Math.min(value.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case '\t' -> shown.append("\\t");
                case '\0' -> shown.append("\\0");
                default -> {
                    if (hidden(c)) {
                        shown.append(String.format("\\u%04x", (int) c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.append(end < value.length() ? "…\"" : "\"").toString();
    }

    private static boolean hidden(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
