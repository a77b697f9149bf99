package dev.mailroom.parsing;

import dev.mailroom.parsing.ReceivedHeader.RawField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where in a mail an entity lies: a header, and the octets of its body.
 *
 * @param from the first octet of the body
 * @param to behind its last
 */
record MimeEntity(byte[] source, ReceivedHeader header, int begin, int from, int to) {
    private static final int MOST_FIELDS = 10_000;

    /** Finds them. Without an empty line the header ends before the first line that is none of it. */
    static MimeEntity read(byte[] source, int begin, int end, int headerOctets) {
        List<RawField> fields = new ArrayList<>();
        int at = begin;
        int stray = -1;
        while (at < end) {
            int lineEnd = lineEnd(source, at, end);
            if (isEmpty(source, at, lineEnd)) {
                return new MimeEntity(source, new ReceivedHeader(fields), begin, lineEnd, end);
            }
            int next = lineEnd;
            while (next < end && (source[next] == ' ' || source[next] == '\t')
                    && !isEmpty(source, next, lineEnd(source, next, end))) {
                next = lineEnd(source, next, end);
            }
            int colon = colon(source, at, lineEnd);
            if (colon > at && next - begin <= headerOctets && fields.size() < MOST_FIELDS) {
                fields.add(new RawField(TextDecoding.octets(source, at, colon).strip(),
                        value(source, colon + 1, next)));
            } else if (colon <= at && stray < 0 && !(at == begin && startsLikeMbox(source, at, end))) {
                stray = at;
                if (fields.isEmpty()) {
                    break;
                }
            }
            at = next;
        }
        int body = stray < 0 ? end : stray;
        return new MimeEntity(source, new ReceivedHeader(fields), begin, body, end);
    }

    private static boolean startsLikeMbox(byte[] source, int at, int end) {
        return end - at > 5 && TextDecoding.octets(source, at, at + 5).equals("From ");
    }

    /** Behind the line feed that ends the line that begins there. */
    static int lineEnd(byte[] source, int from, int to) {
        int i = from;
        while (i < to && source[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, to);
    }

    private static boolean isEmpty(byte[] source, int from, int lineEnd) {
        int length = lineEnd - from;
        return source[from] == '\n' || length >= 1 && source[from] == '\r' && (length == 1 || source[from + 1] == '\n');
    }

    /** Where the field's name ends; -1 = it has none. */
    private static int colon(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] == ':') {
                return i;
            }
            boolean blankBeforeColon = source[i] == ' ' || source[i] == '\t';
            if (source[i] <= ' ' && !blankBeforeColon || source[i] == 127) {
                return -1;
            }
            if (blankBeforeColon && (i + 1 == to || source[i + 1] != ':' && source[i + 1] != ' ')) {
                return -1;
            }
        }
        return -1;
    }

    /** Unfolded (RFC 5322, section 2.2.3). */
    private static String value(byte[] source, int from, int to) {
        byte[] line = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (source[i] != '\n' && !(source[i] == '\r' && (i + 1 == to || source[i + 1] == '\n'))) {
                line[length++] = source[i];
            }
        }
        return WordDecoding.oneLine(TextDecoding.decode(Arrays.copyOf(line, length), "").strip());
    }

    byte[] content() {
        return TransferDecoding.decode(source, from, to, header.text("Content-Transfer-Encoding"));
    }
}
