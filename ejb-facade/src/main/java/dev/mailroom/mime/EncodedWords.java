package dev.mailroom.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * RFC 2047 as Jakarta Mail's {@code MimeUtility} does it, without its look-up of a stream provider per word, but for
 * the first word of a line, which has less room. Two more texts are encoded than there: those that already look
 * encoded, since a reader would decode them, and, on request, pure ASCII that cannot be folded.
 */
final class EncodedWords {
    private static final String TEXT_SPECIALS = "=_?";
    private static final String WORD_SPECIALS = "=_?\"#$%&'(),.:;<>@[\\]^`{|}~";
    private static final String CHARSET = "UTF-8";
    // "=?", "?Q?", "?=" and the name of the charset.
    private static final int OVERHEAD = 7 + CHARSET.length();
    // 75 characters a word, 76 a line with one (section 2).
    private static final int LINE = 76;
    private static final int ROOM = 75 - OVERHEAD;
    /** With more in front of it not every character would fit into the first word. */
    static final int MOST_USED = LINE - OVERHEAD - 12;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final boolean base64;
    private final String specials;
    private final int firstRoom;
    private final StringBuilder out;

    private EncodedWords(boolean base64, String specials, int used, int length) {
        this.base64 = base64;
        this.specials = specials;
        this.firstRoom = Math.min(ROOM, LINE - used - OVERHEAD);
        this.out = new StringBuilder(length * 3 + 16);
    }

    /** Whether the text can stand in a header field as it is. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAscii(c) || c == '=' && i + 1 < text.length() && text.charAt(i + 1) == '?') {
                return false;
            }
        }
        return true;
    }

    /**
     * The text as encoded words with single spaces between them.
     *
     * @param used characters in front of the first word on its line, at most {@link #MOST_USED}
     */
    static String encode(String text, boolean phrase, int used) {
        int ascii = 0;
        for (int i = 0; i < text.length(); i++) {
            ascii += isAscii(text.charAt(i)) ? 1 : 0;
        }
        boolean base64 = ascii <= text.length() - ascii;
        var words = new EncodedWords(base64, phrase ? WORD_SPECIALS : TEXT_SPECIALS, used, text.length());
        words.append(text);
        return words.out.toString();
    }

    private static boolean isAscii(char c) {
        return c < 127 && (c >= ' ' || c == '\t');
    }

    private void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int room = out.length() == 0 ? firstRoom : ROOM;
        if (length(bytes) > room && text.codePointCount(0, text.length()) > 1) {
            int half = text.length() / 2;
            if (Character.isHighSurrogate(text.charAt(half - 1))) {
                half--;
            }
            if (half == 0) {
                half = 2;
            }
            append(text.substring(0, half));
            append(text.substring(half));
            return;
        }
        if (out.length() > 0) {
            out.append(' ');
        }
        out.append("=?").append(CHARSET).append(base64 ? "?B?" : "?Q?");
        if (base64) {
            out.append(Base64.getEncoder().encodeToString(bytes));
        } else {
            for (byte b : bytes) {
                appendQ(b & 0xff);
            }
        }
        out.append("?=");
    }

    private int length(byte[] bytes) {
        if (base64) {
            return (bytes.length + 2) / 3 * 4;
        }
        int length = 0;
        for (byte b : bytes) {
            length += isSafe(b & 0xff) ? 1 : 3;
        }
        return length;
    }

    private boolean isSafe(int c) {
        return c >= ' ' && c < 127 && specials.indexOf(c) < 0;
    }

    private void appendQ(int c) {
        if (c == ' ') {
            out.append('_');
        } else if (isSafe(c)) {
            out.append((char) c);
        } else {
            out.append('=').append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }
}
