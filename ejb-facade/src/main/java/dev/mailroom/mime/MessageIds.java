package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Message-IDs (RFC 5322, section 3.6.4): random, and in the sender's domain, so that no name of this host shows. */
final class MessageIds {
    private static final byte[] ALPHABET =
            "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LENGTH = 24;
    private static final int LONGEST = 250;

    private final RandomGenerator random;

    MessageIds(RandomGenerator random) {
        this.random = random;
    }

    /** A fresh one, without angle brackets. */
    String fresh(String domain) {
        return token() + "@" + domain;
    }

    /** A word of 120 random bits that occurs in no other mail. One call of the generator: a secure one takes a lock. */
    String token() {
        byte[] bits = new byte[LENGTH];
        random.nextBytes(bits);
        for (int i = 0; i < LENGTH; i++) {
            bits[i] = ALPHABET[bits[i] & 31];
        }
        return new String(bits, StandardCharsets.ISO_8859_1);
    }

    /** Checks one that the application chose and takes its angle brackets off. */
    static String checked(String given) {
        String id = bare(given);
        int at = id.indexOf('@');
        if (at < 1 || at == id.length() - 1 || id.indexOf('@', at + 1) >= 0 || !isSafe(id)) {
            throw new DraftException(Part.MESSAGE_ID, Visible.quoted(given) + " is no message id; expected left@right"
                    + " of at most " + LONGEST + " printable ASCII characters without spaces, brackets or quotes");
        }
        return id;
    }

    static String bare(String given) {
        boolean bracketed = given.length() > 2 && given.startsWith("<") && given.endsWith(">");
        return bracketed ? given.substring(1, given.length() - 1) : given;
    }

    static boolean isSafe(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c > 126 || "<>()[]\\\",;:".indexOf(c) >= 0) {
                return false;
            }
        }
        return id.length() <= LONGEST;
    }
}
