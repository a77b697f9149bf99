package dev.mailroom.mime;

/**
 * The lines of a text, and what decides how they must be encoded. Line ends of any kind (CRLF, LF, CR) are CRLF: a bare
 * CR or LF is how one mail becomes two on careless servers.
 *
 * @param bytes the text, each line with its end
 * @param strange how many octets are neither printable ASCII nor tabs nor part of a line end
 * @param longest octets of the longest line without its end
 */
record TextLines(ByteArrayBuilder bytes, int strange, int longest) {

    /** Reads a text once. */
    static TextLines of(byte[] text) {
        ByteArrayBuilder clean = new ByteArrayBuilder(text.length + text.length / 32 + 2);
        int strange = 0;
        int longest = 0;
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b >= ' ' && b != 127) {
                continue;
            }
            if (b == '\r' || b == '\n') {
                clean.add(text, start, i - start).crlf();
                longest = Math.max(longest, i - start);
                if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                    i++;
                }
                start = i + 1;
            } else if (b != '\t') {
                strange++;
            }
        }
        clean.add(text, start, text.length - start);
        return new TextLines(clean, strange, Math.max(longest, text.length - start));
    }
}
