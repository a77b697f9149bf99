package dev.mailroom.parsing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/** Takes transfer encodings off (RFC 2045, section 6). What does not belong into one is skipped or stays as it is. */
final class TransferDecoding {
    private TransferDecoding() {
    }

    /** Never yields more octets than it is given. */
    static byte[] decode(byte[] source, int from, int to, String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(source, from, to);
            case "quoted-printable" -> quotedPrintable(source, from, to);
            default -> Arrays.copyOfRange(source, from, to);
        };
    }

    /** Goes on behind padding: some programs encode piece by piece. */
    static byte[] base64(byte[] source, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream((to - from) / 4 * 3 + 3);
        int bits = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            int value = sextet(source[i]);
            if (source[i] == '=') {
                count = 0;
                bits = 0;
            } else if (value >= 0) {
                bits = bits << 6 | value;
                count += 6;
                if (count >= 8) {
                    count -= 8;
                    out.write(bits >> count);
                    bits &= (1 << count) - 1;
                }
                if (count == 0) {
                    bits = 0;
                }
            }
        }
        return out.toByteArray();
    }

    private static int sextet(byte c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        } else if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        } else if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }

    private static byte[] quotedPrintable(byte[] source, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            byte c = source[i];
            if (c == ' ' || c == '\t') {
                int end = skipBlanks(source, i, to);
                // Blanks at the end of a line were added on the way (RFC 2045, section 6.7, rule 3).
                if (end < to && source[end] != '\r' && source[end] != '\n') {
                    out.write(source, i, end - i);
                }
                i = end - 1;
            } else if (c != '=') {
                out.write(c);
            } else if (i + 2 < to && hex(source[i + 1]) >= 0 && hex(source[i + 2]) >= 0) {
                out.write(hex(source[i + 1]) << 4 | hex(source[i + 2]));
                i += 2;
            } else {
                int end = skipBlanks(source, i + 1, to);
                int next = end < to && source[end] == '\r' ? end + 1 : end;
                if (next < to && source[next] == '\n') {
                    i = next;
                } else if (end == to || next == to) {
                    i = to;
                } else {
                    out.write(c);
                }
            }
        }
        return out.toByteArray();
    }

    private static int skipBlanks(byte[] source, int from, int to) {
        int i = from;
        while (i < to && (source[i] == ' ' || source[i] == '\t')) {
            i++;
        }
        return i;
    }

    static int hex(int c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
