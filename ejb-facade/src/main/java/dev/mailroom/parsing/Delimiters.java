package dev.mailroom.parsing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** Finds the parts of a multipart (RFC 2046, section 5.1.1). */
final class Delimiters {
    /**
     * Where a part lies.
     *
     * @param rest whether it is all that was left when there were as many as are wanted
     */
    record Slice(int from, int to, boolean rest) {
    }

    private Delimiters() {
    }

    /**
     * The parts between lines that are delimiters, without the line end that belongs to the next delimiter. The last
     * ends with the body where the closing one is missing, or where there are more than are wanted.
     */
    static List<Slice> split(byte[] source, int from, int to, String boundary, int most) {
        byte[] delimiter = ("--" + boundary).getBytes(ISO_8859_1);
        List<Slice> parts = new ArrayList<>();
        int begin = -1;
        for (int at = from; at < to;) {
            int lineEnd = MimeEntity.lineEnd(source, at, to);
            int behind = behind(source, at, lineEnd, delimiter);
            if (behind >= 0) {
                boolean closing = behind + 1 < lineEnd && source[behind] == '-' && source[behind + 1] == '-';
                if (blank(source, closing ? behind + 2 : behind, lineEnd)) {
                    if (begin >= 0 && !closing && parts.size() >= most - 1) {
                        parts.add(new Slice(begin, to, true));
                        return parts;
                    }
                    if (begin >= 0) {
                        parts.add(new Slice(begin, withoutLineEnd(source, begin, at), false));
                    }
                    if (closing) {
                        return parts;
                    }
                    begin = lineEnd;
                }
            }
            at = lineEnd;
        }
        if (begin >= 0) {
            parts.add(new Slice(begin, to, false));
        }
        return parts;
    }

    private static int behind(byte[] source, int at, int lineEnd, byte[] delimiter) {
        if (lineEnd - at < delimiter.length || source[at] != '-') {
            return -1;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (source[at + i] != delimiter[i]) {
                return -1;
            }
        }
        return at + delimiter.length;
    }

    private static boolean blank(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] != ' ' && source[i] != '\t' && source[i] != '\r' && source[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private static int withoutLineEnd(byte[] source, int from, int to) {
        int end = to;
        if (end > from && source[end - 1] == '\n') {
            end--;
            if (end > from && source[end - 1] == '\r') {
                end--;
            }
        }
        return end;
    }
}
