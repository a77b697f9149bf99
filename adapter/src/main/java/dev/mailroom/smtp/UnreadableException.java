package dev.mailroom.smtp;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** The content of a mail could not be read; the connection is not the cause. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(Exception cause) {
        super(cause);
    }

    /** The source's message, for a person. */
    String words() {
        Throwable cause = getCause();
        boolean says = cause instanceof FileSystemException file ? file.getReason() != null
                : cause.getClass() == IOException.class && cause.getMessage() != null;
        return says ? cause.getMessage() : cause.toString();
    }

    /**
     * Whether the source itself is the cause, such as a deleted file; a source that only passes on another failure may
     * recover.
     */
    boolean isLasting() {
        return getCause() instanceof IOException && getCause().getCause() == null;
    }
}
