package dev.mailroom.spool;

/**
 * The names of a caller's mail.
 *
 * @param messageId its Message-ID without angle brackets, for people; at most 998 characters
 * @param idempotencyKey the owner's own name for this mail: a second mail under the same name is not accepted but
 *        answered with the first one, unless that has failed; empty = none; at most 255 characters
 * @param contentDigest what a second mail under the same name must have as well, or it counts as another mail; empty =
 *       not compared
 * @param reference whatever the application wants to have back with the outcome; empty = nothing; at most 255
 *        characters
 */
public record MailLabels(String messageId, String idempotencyKey, String contentDigest, String reference) {
    /** Checks what the database would refuse with a worse message. */
    public MailLabels {
        atMost("Message-ID", messageId, 998);
        atMost("idempotency key", idempotencyKey, 255);
        atMost("digest", contentDigest, 64);
        atMost("reference", reference, 255);
    }

    /** Labels of a mail without an idempotency key. */
    public static MailLabels of(String messageId) {
        return new MailLabels(messageId, "", "", "");
    }

    private static void atMost(String what, String value, int most) {
        if (value.length() > most || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the " + what + " must have at most " + most
                    + " characters and no NUL, had " + value.length() + " characters");
        }
        // UTF-8 cannot encode half a pair: two such names would be equal in the database.
        if (value.codePoints().anyMatch(one -> Character.getType(one) == Character.SURROGATE)) {
            throw new IllegalArgumentException("the " + what + " contains half a surrogate pair, which is no character;"
                    + " was it cut in the middle of one?");
        }
    }
}
