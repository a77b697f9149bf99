package dev.mailroom.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The encoding of identifiers and mailboxes in envelopes and reports (RFC 3461, section 4). */
final class Xtext {
    private Xtext() {
    }

    /** Decodes {@code +41} to {@code A}; what is no such code, as in {@code user+tag@example.org}, stays. */
    static String decode(String text) {
        if (text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int code = c == '+' && at + 2 < text.length() ? code(text.charAt(at + 1), text.charAt(at + 2)) : -1;
            if (code >= 0) {
                octets.write(code);
                at += 2;
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(UTF_8));
            }
        }
        return octets.toString(UTF_8);
    }

    /** Only what has to be encoded counts as encoded: servers write {@code a+20@x.org} for a mailbox of that name. */
    private static int code(char high, char low) {
        int code = digit(high) << 4 | digit(low);
        boolean plain = code > ' ' && code < 127 && code != '+' && code != '=';
        return digit(high) < 0 || digit(low) < 0 || plain ? -1 : code;
    }

    private static int digit(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
