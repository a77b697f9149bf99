package dev.mailroom.mime;

/** RFC 2045, section 6.7, with the soft line breaks that Jakarta Mail chooses. Expects line ends to be CRLF. */
final class QuotedPrintable {
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    // 76 characters a line, the last of which is the "=" of a soft line break.
    private static final int ROOM = 75;

    private QuotedPrintable() {
    }

    /** Appends the encoded text. */
    static void encode(ByteArrayBuilder lines, ByteArrayBuilder out) {
        byte[] text = lines.array();
        int length = lines.length();
        int column = 0;
        for (int i = 0; i < length; i++) {
            int c = text[i] & 0xff;
            if (c == '\r') {
                out.crlf();
                column = 0;
                i++;
                continue;
            }
            boolean lineEnds = i + 1 == length || text[i + 1] == '\r';
            boolean literal = c > ' ' && c < 127 && c != '=' || c == ' ' && !lineEnds;
            int width = literal ? 1 : 3;
            byte[] to = out.room(width + 3);
            int at = out.length();
            column += width;
            if (column > ROOM) {
                to[at++] = '=';
                to[at++] = '\r';
                to[at++] = '\n';
                column = width;
            }
            if (literal) {
                to[at++] = (byte) c;
            } else {
                to[at++] = '=';
                to[at++] = HEX[c >> 4];
                to[at++] = HEX[c & 15];
            }
            out.filled(at - out.length());
        }
    }
}
