package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * GreenMail's SMTP server, which takes mails of any size over any number of connections, within {@link MailboxBounds}.
 */
final class BoundedSmtpServer extends SmtpServer {
    private static final Logger LOG = System.getLogger("dev.mailroom.console.mailbox");

    private final MailboxBounds bounds;

    BoundedSmtpServer(ServerSetup setup, Managers managers, MailboxBounds bounds) {
        super(setup, managers);
        this.bounds = bounds;
    }

    @Override
    protected ServerSocket openServerSocket() throws IOException {
        ServerSocket listening = BoundedServerSocket.listen(
                new InetSocketAddress(bindTo, setup.getPort()), bounds, Refusals.SMTP);
        setup = setup.port(listening.getLocalPort());
        return listening;
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        return new SmtpHandler(new SmtpCommandRegistry(), managers.getSmtpManager(), client) {
            @Override
            public void run() {
                try {
                    super.run();
                } catch (IllegalStateException e) {
                    // A client that went away, or one that the bounds ended: no reason for a stack trace.
                    LOG.log(Level.DEBUG, "a connection to the development mailbox ended", e);
                }
            }
        };
    }
}
