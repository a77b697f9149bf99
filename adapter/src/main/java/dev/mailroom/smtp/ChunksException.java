package dev.mailroom.smtp;

import java.net.ProtocolException;

/** The server offered CHUNKING and does not know BDAT. It is not known how it understood the content. */
final class ChunksException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    ChunksException(int code) {
        super("it offers CHUNKING but answered " + code + " to BDAT");
    }
}
