package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;

/** Characters that no value of any header field may hold. */
final class HeaderValueRule {
    private HeaderValueRule() {
    }

    /**
     * Checks a value that is to stand on one line.
     *
     * @param index the position in its list, negative if there is none; for the message only
     * @throws DraftException if it holds CR, LF, NUL or half a surrogate pair
     */
    static void check(Part part, int index, String value) {
        String wrong = wrong(value);
        if (!wrong.isEmpty()) {
            throw new DraftException(part, index, PrintableValue.quoted(value) + " " + wrong);
        }
    }

    /** What is wrong with a value; empty if nothing is. */
    static String wrong(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                return "contains CR, LF or NUL; expected one line";
            }
            if (Character.isSurrogate(c)) {
                if (isHalf(value, i)) {
                    return half(value, i);
                }
                i++;
            }
        }
        return "";
    }

    /** Whether a surrogate has no partner: it is no character, and UTF-8 has no octets for it. */
    static boolean isHalf(String text, int index) {
        return !Character.isHighSurrogate(text.charAt(index)) || index + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(index + 1));
    }

    /** What is said of one. */
    static String half(String text, int index) {
        return String.format("contains half a surrogate pair, \\u%04x at position %d, which is no character; was the"
                + " text cut in the middle of one?", (int) text.charAt(index), index);
    }
}
