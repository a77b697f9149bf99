package dev.mailroom.console.mailbox;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/** Hands out connections within {@link MailboxBounds}; a client that comes when there are too many is told so. */
final class BoundedServerSocket extends ServerSocket {
    private final MailboxBounds bounds;
    private final Refusals refusals;

    private BoundedServerSocket(MailboxBounds bounds, Refusals refusals) throws IOException {
        this.bounds = bounds;
        this.refusals = refusals;
    }

    static BoundedServerSocket listen(SocketAddress address, MailboxBounds bounds, Refusals refusals)
            throws IOException {
        BoundedServerSocket listening = new BoundedServerSocket(bounds, refusals);
        try {
            listening.setReuseAddress(true);
            listening.bind(address);
            return listening;
        } catch (IOException e) {
            listening.close();
            throw e;
        }
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            BoundedSocket client = new BoundedSocket(bounds, refusals);
            implAccept(client);
            if (bounds.open()) {
                client.countIn();
                return client;
            }
            try (Socket refused = client) {
                refused.getOutputStream().write(Refusals.line(refusals.full()));
            } catch (IOException e) {
                System.getLogger("dev.mailroom.console.mailbox").log(System.Logger.Level.DEBUG, "gone already", e);
            }
        }
    }
}
