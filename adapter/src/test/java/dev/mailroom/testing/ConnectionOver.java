package dev.mailroom.testing;

import java.io.IOException;

/** Ends the dialogue of a connection: the client hung up, the script said so, or the server is being closed. */
final class ConnectionOver extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionOver(String why) {
        super(why);
    }
}
