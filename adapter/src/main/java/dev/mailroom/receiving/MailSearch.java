package dev.mailroom.receiving;

import java.util.Objects;

/**
 * What is looked for, without regard to case.
 *
 * @param where in which part of a mail
 * @param text not empty but for {@link Where#ANYTHING}; without control characters
 */
public record MailSearch(Where where, String text) {
    /** A part of a mail. */
    public enum Where {
        /** Nothing is looked for: every mail is found. */
        ANYTHING,
        /** In header or body. */
        ANYWHERE,
        /** In the body. */
        BODY,
        /** In Subject. */
        SUBJECT,
        /** In From. */
        FROM,
        /** In To. */
        TO,
        /** In Cc. */
        CC,
        /** In Message-ID. */
        MESSAGE_ID
    }

    /** Checks both. */
    public MailSearch {
        Objects.requireNonNull(where, "where");
        if (where != Where.ANYTHING && text.isEmpty()) {
            throw new IllegalArgumentException("the text to look for is empty; pass some");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the text to look for contains a control character; pass one line");
        }
    }
}
