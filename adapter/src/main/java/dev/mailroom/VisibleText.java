package dev.mailroom;

/**
 * Makes text from outside safe for log lines and messages: nothing in it can end the line, reverse its direction or be
 * invisible. Tabs and LF are the caller's business, other controls and invisible characters become escapes such as
 * {@code \\u202e}.
 */
public final class VisibleText {
    private VisibleText() {
    }

    /** The text, or the same object where there is nothing to escape. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHidden(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(isHidden(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return shown.toString();
    }

    /** Almost all text is ASCII, and replies are read often. */
    private static boolean isHidden(char c) {
        if (c < 0x7f) {
            return c < ' ' && c != '\n' && c != '\t';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
