package dev.mailroom.facade.option;

import dev.mailroom.receiving.MailSearch.Where;

/** Where {@code emailSeekFirst} looks: WLanguage's words where they are known, else the names of header fields. */
public enum EmailSeekPart {
    /** {@code emailNone}: nowhere, every mail is one. */
    EMAIL_NONE(Where.ANYTHING),
    /** {@code emailAll}: in header and body. */
    EMAIL_ALL(Where.ANYWHERE),
    /** {@code emailBody}: in the body. */
    EMAIL_BODY(Where.BODY),
    /** {@code emailMessageID}: in Message-ID. */
    EMAIL_MESSAGE_ID(Where.MESSAGE_ID),
    /** In Subject. */
    SUBJECT(Where.SUBJECT),
    /** In From. */
    FROM(Where.FROM),
    /** In To. */
    TO(Where.TO),
    /** In Cc. */
    CC(Where.CC);

    private final Where where;

    EmailSeekPart(Where where) {
        this.where = where;
    }

    /** The same in the field's term. */
    public Where where() {
        return where;
    }
}
