package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.MailboxPorts;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The development mailbox's SMTP server and what it has received. Thread-safe. */
public final class DevelopmentMailServer implements AutoCloseable {
    /** Never another address: it accepts everything from everyone. */
    public static final String HOST = "127.0.0.1";

    private static final Logger LOG = System.getLogger("dev.mailroom.console.mailbox");

    private final GreenMail server;
    private final SharedInbox inbox = new SharedInbox();
    private final StoredMails received;
    private final Clock clock;
    private Optional<ReadingServer> pop3 = Optional.empty();
    private Optional<ReadingServer> imap = Optional.empty();

    private DevelopmentMailServer(int port, int keep, MailboxBounds bounds, Clock clock) {
        this.received = new StoredMails(inbox, keep);
        this.clock = clock;
        ServerSetup smtp = new ServerSetup(port, HOST, ServerSetup.PROTOCOL_SMTP);
        smtp.setServerStartupTimeout(10_000);
        server = new GreenMail(smtp) {
            @Override
            protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
                return Map.of(smtp.getProtocol(), new BoundedSmtpServer(smtp, managers, bounds));
            }
        };
        server.getUserManager().setAuthRequired(false);
        server.getUserManager().setMessageDeliveryHandler(this::recorder);
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException when the port cannot be bound; the message says what to do
     */
    public static DevelopmentMailServer start(ConsoleSettings settings) {
        return start(settings, MailboxBounds.ofThisProcess());
    }

    static DevelopmentMailServer start(ConsoleSettings settings, MailboxBounds bounds) {
        MailboxPorts ports = settings.mailboxPorts();
        requireFree(ports.smtp(), "mailroom.console.mailbox-port to another port or mailroom.console.mailbox to off");
        DevelopmentMailServer mailbox =
                new DevelopmentMailServer(ports.smtp(), settings.mailboxKeep(), bounds, Clock.systemUTC());
        mailbox.server.start();
        MailboxBounds readers = MailboxBounds.ofThisProcess();
        mailbox.pop3 = reading(ports.pop3(), "pop3", port -> ReadingServer.pop3(port, mailbox.inbox, readers));
        mailbox.imap = reading(ports.imap(), "imap", port -> ReadingServer.imap(port, mailbox.inbox, readers));
        return mailbox;
    }

    /** Tried first: GreenMail would fail in a thread of its own, and show a stack trace. */
    private static void requireFree(int port, String advice) {
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(HOST, port));
        } catch (IOException e) {
            throw new IllegalStateException("the development mailbox cannot listen on " + HOST + ":" + port
                    + " (is the port in use?); set " + advice, e);
        }
    }

    /** Mails are taken also where they cannot be read that way. */
    private static Optional<ReadingServer> reading(OptionalInt port, String protocol, IntFunction<ReadingServer> made) {
        if (port.isEmpty()) {
            return Optional.empty();
        }
        try {
            requireFree(port.getAsInt(), "mailroom.console.mailbox-" + protocol + "-port to another port or to off");
            return Optional.of(made.apply(port.getAsInt()).listening());
        } catch (IllegalStateException e) {
            LOG.log(Level.WARNING, "The development mailbox cannot be read with " + protocol.toUpperCase(Locale.ROOT)
                    + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private GreenMailUser recorder(MovingMessage mail, MailAddress recipient) {
        // Called once per recipient; the mail is one, so the first of them stands for all.
        boolean first = mail.getToAddresses().iterator().next().equals(recipient);
        return new RecordingUser(first ? this::record : ignored -> { });
    }

    private void record(MovingMessage mail) {
        String from = mail.getReturnPath() == null ? "" : mail.getReturnPath().getEmail();
        List<String> to = mail.getToAddresses().stream().map(MailAddress::getEmail).toList();
        received.add(clock.instant(), from, to, mail.getMessage());
    }

    /** The port it takes mails on. */
    public int port() {
        return server.getSmtp().getPort();
    }

    /** Where it listens; also what was to be on is off where its port was in use. */
    public MailboxPorts ports() {
        return new MailboxPorts(port(), port(pop3), port(imap));
    }

    private static OptionalInt port(Optional<ReadingServer> server) {
        return server.map(one -> OptionalInt.of(one.getPort())).orElse(OptionalInt.empty());
    }

    /** The mails, newest first; each is read when the stream comes to it. */
    public Stream<StoredMail> newestFirst() {
        return received.newestFirst();
    }

    /** Forgets all mails. */
    public void clear() {
        received.clear();
    }

    @Override
    public void close() {
        try {
            pop3.ifPresent(ReadingServer::stopService);
            imap.ifPresent(ReadingServer::stopService);
            server.stop();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The development mailbox did not stop cleanly.", e);
        }
    }
}
