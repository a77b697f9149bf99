package dev.mailroom.spool;

import java.io.IOException;

/** The content of a mail is not in the spool any more: trying again does not help. */
public final class LostContentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names the mail and what is wrong. */
    public LostContentException(String message, Throwable cause) {
        super(message, cause);
    }
}
