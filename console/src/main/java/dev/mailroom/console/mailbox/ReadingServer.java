package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.pop3.Pop3Handler;
import com.icegreen.greenmail.pop3.commands.Pop3CommandRegistry;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Function;

/** Lets mails be read with POP3 or IMAP, over a bounded number of connections. */
final class ReadingServer extends AbstractServer {
    private static final Logger LOG = System.getLogger("dev.mailroom.console.mailbox");
    private static final int START_MS = 10_000;
    /** What RFC 3501, section 5.4, asks for; a person who reads is slower than a program. */
    private static final int SILENCE_MS = 30 * 60 * 1_000;

    private final MailboxBounds bounds;
    private final Refusals refusals;
    private final Function<Socket, ProtocolHandler> handlers;

    private ReadingServer(String protocol, int port, MailboxBounds bounds, Refusals refusals,
            Function<Socket, ProtocolHandler> handlers) {
        super(new ServerSetup(port, DevelopmentMailServer.HOST, protocol), new Managers());
        this.bounds = bounds;
        this.refusals = refusals;
        this.handlers = handlers;
        setClientSocketTimeout(SILENCE_MS);
    }

    static ReadingServer pop3(int port, SharedInbox inbox, MailboxBounds bounds) {
        return new ReadingServer(ServerSetup.PROTOCOL_POP3, port, bounds, Refusals.POP3, client -> {
            Pop3Maildrop maildrop = new Pop3Maildrop(inbox);
            return new Pop3Handler(new Pop3CommandRegistry(), inbox.logins(maildrop), client) {
                @Override
                public void run() {
                    quietly(super::run);
                    maildrop.leave();
                }
            };
        });
    }

    static ReadingServer imap(int port, SharedInbox inbox, MailboxBounds bounds) {
        return new ReadingServer(ServerSetup.PROTOCOL_IMAP, port, bounds, Refusals.IMAP,
                client -> new ImapHandler(inbox.logins(inbox), inbox, client) {
                    @Override
                    public void run() {
                        quietly(super::run);
                    }
                });
    }

    /** A client that went away, or one that the bounds ended, is no reason for a stack trace. */
    private static void quietly(Runnable dialogue) {
        try {
            dialogue.run();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a connection to the development mailbox ended", e);
        }
    }

    /** @throws IllegalStateException when it does not listen in time */
    ReadingServer listening() {
        startService();
        try {
            if (waitTillRunning(START_MS)) {
                return this;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopService();
        throw new IllegalStateException("the development mailbox does not listen for " + getProtocol());
    }

    @Override
    protected ServerSocket openServerSocket() throws IOException {
        ServerSocket listening =
                BoundedServerSocket.listen(new InetSocketAddress(bindTo, setup.getPort()), bounds, refusals);
        setup = setup.port(listening.getLocalPort());
        return listening;
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        return handlers.apply(client);
    }
}
