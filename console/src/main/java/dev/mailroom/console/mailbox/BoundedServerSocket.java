package dev.mailroom.console.mailbox;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Hands out connections within {@link MailboxBounds}; a client that comes when there are too many gets a reply that
 * says so (RFC 5321, 3.8).
 */
final class BoundedServerSocket extends ServerSocket {
    private static final String FULL = "421 4.3.2 The development mailbox has too many connections\r\n";

    private final MailboxBounds bounds;

    BoundedServerSocket(MailboxBounds bounds) throws IOException {
        this.bounds = bounds;
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            BoundedSocket client = new BoundedSocket(bounds);
            implAccept(client);
            if (bounds.open()) {
                client.countIn();
                return client;
            }
            try (Socket refused = client) {
                refused.getOutputStream().write(FULL.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                System.getLogger("dev.mailroom.console.mailbox").log(System.Logger.Level.DEBUG, "gone already", e);
            }
        }
    }
}
