package dev.mailroom.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What the server does at an occasion instead of its default. Immutable. The first reply code of an action decides how
 * the server goes on (a 2yz to RCPT adds the recipient, a 354 to DATA starts the content), see {@link #countsAs}.
 */
public final class Action {
    private final int code;
    private final long afterBytes;
    private final Move move;

    @FunctionalInterface
    private interface Move {
        void make(ServerWire wire) throws IOException;
    }

    private Action(int code, long afterBytes, Move move) {
        this.code = code;
        this.afterBytes = afterBytes;
        this.move = move;
    }

    /** A reply: each line with its code, separators and CRLF are added: {@code reply("550-No", "550 Never")}. */
    public static Action reply(String... lines) {
        return raw(String.join("\r\n", lines) + "\r\n");
    }

    /** Exactly these characters as UTF-8: lies, surplus replies, endless lines, replies without CRLF. */
    public static Action raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Exactly these bytes. */
    public static Action raw(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Action(codeOf(copy), 0, wire -> wire.write(copy));
    }

    /** The same text again and again until the client hangs up. */
    public static Action endless(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Action(0, 0, wire -> {
            while (true) {
                wire.write(bytes);
            }
        });
    }

    /** A reply line, one byte per interval. */
    public static Action drip(Duration interval, String line) {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        return new Action(codeOf(bytes), 0, wire -> wire.writePieces(bytes, interval, 1));
    }

    /** These characters in pieces of those sizes, each its own TCP segment; the last size repeats. */
    public static Action pieces(Duration between, String text, int... sizes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] copy = sizes.clone();
        return new Action(codeOf(bytes), 0, wire -> wire.writePieces(bytes, between, copy));
    }

    /** Nothing is said; the dialogue goes on. */
    public static Action nothing() {
        return new Action(0, 0, wire -> { });
    }

    /** Waits, then goes on with what {@link #then} adds. */
    public static Action pause(Duration time) {
        return new Action(0, 0, wire -> wire.pause(time));
    }

    /** Closes the connection with FIN; TLS sees no close_notify. What was said before is sent. */
    public static Action cut() {
        return new Action(0, 0, ServerWire::cut);
    }

    /** Closes the connection with RST. What was said before is sent. */
    public static Action reset() {
        return new Action(0, 0, ServerWire::reset);
    }

    /** Keeps the connection open, reads on and never answers again, until the client or the server is closed. */
    public static Action silence() {
        return new Action(0, 0, ServerWire::silence);
    }

    /**
     * As {@link #silence}, but does not read either: the client's writes block once the buffers are full. Whether the
     * client hangs up stays unknown, so the connection counts as open until the server is closed.
     */
    public static Action deafness() {
        return new Action(0, 0, ServerWire::deafness);
    }

    /** First this, then the other. */
    public Action then(Action next) {
        return new Action(code == 0 ? next.code : code, afterBytes, wire -> {
            move.make(wire);
            next.move.make(wire);
        });
    }

    /** The same on the wire, but the server goes on as if it had said that code: a mail accepted and never answered. */
    public Action countsAs(int replyCode) {
        return new Action(replyCode, afterBytes, move);
    }

    /** At {@link Step#CONTENT}: how many bytes of content, as they came over the wire, are read before. */
    public Action afterBytes(long bytes) {
        return new Action(code, bytes, move);
    }

    int code() {
        return code;
    }

    long afterBytes() {
        return afterBytes;
    }

    void perform(ServerWire wire) throws IOException {
        move.make(wire);
    }

    private static int codeOf(byte[] bytes) {
        int code = 0;
        for (int i = 0; i < 3; i++) {
            if (i == bytes.length || bytes[i] < '0' || bytes[i] > '9') {
                return 0;
            }
            code = code * 10 + bytes[i] - '0';
        }
        return code;
    }
}
