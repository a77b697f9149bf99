package dev.mailroom.mime;

/** Folding of header fields (RFC 5322, section 2.2.3), with the line breaks that Jakarta Mail chooses. */
final class Folding {
    /** The longest line without its CRLF: RFC 5322, section 2.1.1. */
    static final int LONGEST_LINE = 998;

    private static final int WANTED = 76;

    private Folding() {
    }

    /**
     * Breaks lines of more than 76 characters before white space, where there is any; trailing white space goes.
     *
     * @param used characters on the first line in front of the value
     */
    static String fold(int used, String value) {
        int end = value.length();
        while (end > 0 && isSpace(value.charAt(end - 1))) {
            end--;
        }
        if (used + end <= WANTED) {
            return value.substring(0, end);
        }
        StringBuilder folded = new StringBuilder(end + 16);
        int start = 0;
        int column = used;
        boolean afterSpace = false;
        while (column + end - start > WANTED) {
            int space = -1;
            for (int i = start; i < end && (space < 0 || column + i - start <= WANTED); i++) {
                boolean isSpace = isSpace(value.charAt(i));
                if (isSpace && !afterSpace) {
                    space = i;
                }
                afterSpace = isSpace;
            }
            if (space < 0) {
                break;
            }
            // A value that begins with white space is not folded there: the first line would be blank.
            folded.append(value, start, space).append(space == 0 ? "" : "\r\n").append(value.charAt(space));
            start = space + 1;
            column = 1;
            afterSpace = true;
        }
        return folded.append(value, start, end).toString();
    }

    /**
     * Whether a line is longer than the standard allows, the first line has {@code used} characters more in front of
     * it.
     */
    static boolean tooLong(int used, String folded) {
        int line = used;
        for (int i = 0; i < folded.length(); i++) {
            line = folded.charAt(i) == '\n' ? -1 : line + 1;
            if (line > LONGEST_LINE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
