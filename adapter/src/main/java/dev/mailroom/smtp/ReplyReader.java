package dev.mailroom.smtp;

import dev.mailroom.SmtpReply;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Reads replies (RFC 5321, section 4.2) within bounds that no honest server needs: what a hostile one sends without
 * end is an error, not memory. Text becomes objects only when somebody asks for it.
 */
public final class ReplyReader {
    // RFC 5321, section 4.5.3.1.5 allows 512 octets a line; servers are known to exceed it with long texts.
    private static final int LONGEST_LINE = 2048;
    private static final int MOST_LINES = 128;
    private static final int LONGEST_TEXT = 32 * 1024;

    private final Wire wire;
    private final byte[] in = new byte[LONGEST_LINE];
    private int start;
    private int end;
    private byte[] text = new byte[128];
    private int textLength;
    private int code;
    private UnaryOperator<String> mask = UnaryOperator.identity();

    /** Reads from that wire, and nobody else does. */
    public ReplyReader(Wire wire) {
        this.wire = wire;
    }

    /**
     * Waits for one whole reply.
     *
     * @return its code, 200 to 599
     * @throws EOFException when the server has closed the connection
     * @throws ProtocolException when what came is no reply
     */
    public int next() throws IOException {
        code = 0;
        textLength = 0;
        int lines = 0;
        boolean last = false;
        while (!last) {
            if (++lines > MOST_LINES) {
                throw new ProtocolException("the reply has more than " + MOST_LINES + " lines");
            }
            int lineFeed = awaitLine();
            last = take(lineFeed > start && in[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed);
            start = lineFeed + 1;
        }
        return code;
    }

    /**
     * From now on this function masks secrets in the text of each reply: a server may repeat what it was sent, and
     * replies appear in failures and in logs. It returns the same string where there is nothing to mask.
     */
    public void mask(UnaryOperator<String> secrets) {
        mask = secrets;
    }

    /** The reply that {@link #next} read last, masked. */
    public SmtpReply reply() {
        SmtpReply said = SmtpReply.of(code, text());
        String masked = mask.apply(said.text());
        return masked.equals(said.text()) ? said : new SmtpReply(said.code(), said.enhancedStatus(), masked);
    }

    /** Its text without codes, lines joined by one LF, otherwise as it came. */
    public String text() {
        return new String(text, 0, textLength, StandardCharsets.UTF_8);
    }

    /** Octets read from the wire that belong to no reply yet. */
    public int buffered() {
        return end - start;
    }

    /** Position of the line feed that ends the line at {@link #start}. */
    private int awaitLine() throws IOException {
        int scanned = start;
        boolean waiting = false;
        while (true) {
            for (; scanned < end; scanned++) {
                if (in[scanned] == '\n') {
                    return scanned;
                }
            }
            scanned -= start;
            compact();
            if (end == in.length) {
                throw new ProtocolException("the reply has a line of more than " + LONGEST_LINE + " octets");
            }
            if (!waiting) {
                wire.expectLine();
                waiting = true;
            }
            int count = wire.read(in, end, in.length - end);
            if (count < 0) {
                throw new EOFException("the connection was closed");
            }
            end += count;
        }
    }

    private void compact() {
        if (start > 0) {
            System.arraycopy(in, start, in, 0, end - start);
            end -= start;
            start = 0;
        }
    }

    /** Takes the line up to there; returns whether it was the last of its reply. */
    private boolean take(int lineEnd) throws ProtocolException {
        int length = lineEnd - start;
        int value = length < 3 ? 0 : digits();
        byte separator = length > 3 ? in[start + 3] : (byte) ' ';
        // Lines should agree. The last line decides: a server may begin its greeting with 220- and end it with a
        // refusal.
        boolean agrees = code == 0 || code == value || code < 400 && value >= 400;
        if (value < 200 || value > 599 || separator != ' ' && separator != '-' || !agrees) {
            throw new ProtocolException("\"" + excerpt(length) + "\" is not an SMTP reply");
        }
        boolean first = code == 0;
        code = value;
        append(first, start + 4, Math.max(0, length - 4));
        return separator == ' ';
    }

    private int digits() {
        int value = 0;
        for (int i = start; i < start + 3; i++) {
            int digit = in[i] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private void append(boolean first, int from, int length) throws ProtocolException {
        int needed = textLength + length + 1;
        if (needed > LONGEST_TEXT) {
            throw new ProtocolException("the reply is longer than " + LONGEST_TEXT + " octets");
        }
        if (needed > text.length) {
            text = Arrays.copyOf(text, Math.max(needed, 2 * text.length));
        }
        if (!first) {
            text[textLength++] = '\n';
        }
        System.arraycopy(in, from, text, textLength, length);
        textLength += length;
    }

    private String excerpt(int length) {
        String line = mask.apply(new String(in, start, length, StandardCharsets.UTF_8));
        return line.substring(0, Math.min(line.length(), 80)).replaceAll("[^ -~]", "?");
    }
}
