package dev.mailroom.sevenbit;

/** The mail must not, or cannot, be re-encoded. The message says what stands against it and what to do. */
public final class UnencodableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnencodableException(String why) {
        super(why);
    }
}
