package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import java.nio.charset.StandardCharsets;

/**
 * A text ready to be a body: line ends are CRLF, and an encoding is chosen under which 7 bits and lines of 998
 * characters suffice. Chooses as Jakarta Mail does.
 *
 * @param contentType with its charset
 * @param encoding the content transfer encoding
 * @param bytes the text, not encoded yet
 */
record TextBody(String contentType, Encoding encoding, ByteArrayBuilder bytes) {
    /** Content transfer encodings (RFC 2045, section 6). */
    enum Encoding {
        SEVEN_BIT("7bit"), QUOTED_PRINTABLE("quoted-printable"), BASE64("base64");

        private final String word;

        Encoding(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Prepares a text.
     *
     * @param subtype {@code plain} or {@code html}
     * @throws DraftException if it contains NUL, which no mail may (RFC 5322, section 2.2), or half a surrogate pair
     */
    static TextBody of(Part part, String subtype, String text) {
        check(part, text);
        TextLines lines = TextLines.of(text.getBytes(StandardCharsets.UTF_8));
        int strange = lines.strange();
        Encoding encoding = Encoding.BASE64;
        if (strange == 0 && lines.longest() <= Folding.LONGEST_LINE) {
            encoding = Encoding.SEVEN_BIT;
        } else if (lines.bytes().length() - strange > strange) {
            encoding = Encoding.QUOTED_PRINTABLE;
        }
        String charset = strange == 0 ? "us-ascii" : "UTF-8";
        return new TextBody("text/" + subtype + "; charset=" + charset, encoding, lines.bytes());
    }

    private static void check(Part part, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw new DraftException(part, "contains NUL at position " + i
                        + "; a text is any characters but NUL, binary content belongs into an attachment");
            }
            if (Character.isSurrogate(c)) {
                if (HeaderValueRule.isHalf(text, i)) {
                    throw new DraftException(part, HeaderValueRule.half(text, i));
                }
                i++;
            }
        }
    }

    /** Appends the encoded body. */
    void writeTo(ByteArrayBuilder out) {
        switch (encoding) {
            case SEVEN_BIT -> out.add(bytes.array(), 0, bytes.length());
            case QUOTED_PRINTABLE -> QuotedPrintable.encode(bytes, out);
            default -> Base64Lines.encode(bytes, out);
        }
    }
}
