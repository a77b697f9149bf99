package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Message-IDs (RFC 5322, section 3.6.4): random, and in the sender's domain, so that no name of this host shows. */
final class MessageIds {
    private static final byte[] ALPHABET =
            "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LENGTH = 24;
    // More than a fresh one in the longest domain has; a line may have 998.
    private static final int LONGEST = 320;

    private final RandomGenerator random;

    MessageIds(RandomGenerator random) {
        this.random = random;
    }

    /** A fresh one, without angle brackets; ASCII whatever the domain is, so that every server carries it. */
    String fresh(String domain) {
        return token() + "@" + Domains.ascii(domain);
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
        if (at < 1 || id.length() > LONGEST || !isSafe(id.substring(0, at)) || !isRight(id.substring(at + 1))) {
            throw new DraftException(Part.MESSAGE_ID, PrintableValue.quoted(given)
                    + " is no message id; expected left@right"
                    + " of at most " + LONGEST + " printable ASCII characters without spaces, brackets or quotes");
        }
        return id;
    }

    static String bare(String given) {
        boolean bracketed = given.length() > 2 && given.startsWith("<") && given.endsWith(">");
        return bracketed ? given.substring(1, given.length() - 1) : given;
    }

    /** Whether it holds nothing that ends a Message-ID or a content id, or that a reader could take for a comment. */
    static boolean isSafe(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && holdsNone(id, "<>()[]\\\",;:");
    }

    /** What stands behind the at sign: a domain, any word, or an address literal as in the sender's address. */
    private static boolean isRight(String right) {
        boolean literal = right.length() > 2 && right.startsWith("[") && right.endsWith("]");
        return literal ? holdsNone(right.substring(1, right.length() - 1), "[]\\<>@")
                : isSafe(right) && right.indexOf('@') < 0;
    }

    private static boolean holdsNone(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > 126 || characters.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }
}
