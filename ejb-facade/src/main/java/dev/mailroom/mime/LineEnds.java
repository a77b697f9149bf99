package dev.mailroom.mime;

/** Line ends of any kind (CRLF, LF, CR) as CRLF: a bare CR or LF is how one mail becomes two on careless servers. */
final class LineEnds {
    private LineEnds() {
    }

    /** The same array if nothing is to be changed, else a new one. */
    static byte[] crlf(byte[] text) {
        int more = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')
                    || text[i] == '\r' && (i + 1 == text.length || text[i + 1] != '\n')) {
                more++;
            }
        }
        if (more == 0) {
            return text;
        }
        byte[] clean = new byte[text.length + more];
        int at = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\n' || b == '\r') {
                clean[at++] = '\r';
                clean[at++] = '\n';
                if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                    i++;
                }
            } else {
                clean[at++] = b;
            }
        }
        return clean;
    }
}
