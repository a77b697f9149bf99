package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.ProxySettings;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.Buffers;
import dev.mailroom.smtp.Dialogue;
import dev.mailroom.smtp.ReplyReader;
import dev.mailroom.smtp.ServerAddress;
import dev.mailroom.smtp.ServerMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Opens connections over the JDK's sockets. Holds what they share: trust, TLS sessions, buffers, what is known of
 * misbehaving servers, and the watchdog. Thread-safe.
 */
public final class SocketTransportFactory implements TransportFactory, AutoCloseable {
    private final Tls tls;
    private final String ownName;
    private final Watchdog watchdog = new Watchdog();
    private final Buffers buffers = new Buffers();
    private final ServerMemory memory = new ServerMemory();
    private final Addresses addresses;

    /**
     * Names itself in EHLO by this machine's name, where nothing else is asked for.
     *
     * @throws IllegalArgumentException when the trust store cannot be read
     */
    public SocketTransportFactory(TrustSettings trust) {
        this(trust, EhloName.ofMachine(), new Addresses(InetAddress::getAllByName, System::nanoTime));
    }

    /** @param ownName empty = the address literal of each connection */
    SocketTransportFactory(TrustSettings trust, String ownName, Addresses addresses) {
        this.tls = new Tls(trust);
        this.ownName = ownName;
        this.addresses = addresses;
    }

    /** Begins a dialogue on a connection that was just made. */
    private interface Beginning<T> {
        T begin(SocketWire wire, SmtpSettings settings) throws SmtpException;
    }

    @Override
    public SmtpTransport open(SmtpSettings settings, Deadline deadline) throws SmtpException {
        return open(settings, deadline, this::link);
    }

    /**
     * Opens a connection on which a mailbox is read. What the opening throws is a failure of this address of the
     * server; where it was silent, or not able to serve, before a login, the next is tried.
     */
    public <T> T openStore(SmtpSettings settings, Deadline deadline, StoreOpening<T> opening) throws SmtpException {
        return open(settings, deadline,
                (wire, current) -> opening.open(new StoreWire(wire, current, tls), current));
    }

    /** With the secret as it is now; where the server refuses what was known before, once more with another. */
    private <T> T open(SmtpSettings settings, Deadline deadline, Beginning<T> beginning) throws SmtpException {
        CurrentSecret secret = new CurrentSecret(settings, deadline);
        SmtpSettings current = secret.settings();
        try {
            return connect(current, deadline, beginning);
        } catch (SmtpException e) {
            Optional<SmtpSettings> other = secret.afterRefusal(e);
            if (other.isEmpty()) {
                throw e;
            }
            return connect(other.get(), deadline, beginning);
        }
    }

    private <T> T connect(SmtpSettings settings, Deadline deadline, Beginning<T> beginning) throws SmtpException {
        ProxySettings proxy = JvmProxy.of(settings);
        boolean direct = proxy.kind() == ProxySettings.Protocol.NONE;
        ServerAddress next = direct ? peer(settings) : new ServerAddress(proxy.host(), proxy.port());
        Dialer dialer = new Dialer(settings, next, proxy, addresses.of(settings, next));
        SocketChannel channel = dialer.connect(deadline.remaining(settings.timeouts().connect()));
        while (true) {
            SmtpException why;
            try {
                return open(channel, settings, proxy, next, deadline, beginning);
            } catch (SmtpException e) {
                why = e;
            }
            if (!dialer.hasMore() || !mayGoBetterElsewhere(why.failure())) {
                throw why;
            }
            try {
                channel = dialer.connect(deadline.remaining(settings.timeouts().connect()));
            } catch (SmtpException e) {
                // What a server said tells more than that another does not answer.
                why.addSuppressed(e);
                throw why;
            }
        }
    }

    /**
     * Whether the host's next address is worth trying, because this one did not greet or cannot serve now. A login is
     * tried once only.
     */
    private static boolean mayGoBetterElsewhere(Failure failure) {
        return failure.isTransient() && switch (failure.phase()) {
            case GREETING, EHLO, TLS -> true;
            default -> false;
        };
    }

    private <T> T open(SocketChannel channel, SmtpSettings settings, ProxySettings proxy, ServerAddress next,
            Deadline deadline, Beginning<T> beginning) throws SmtpException {
        SocketWire wire = wire(channel, settings);
        InetAddress address = channel.socket().getInetAddress();
        boolean open = false;
        try {
            if (proxy.kind() != ProxySettings.Protocol.NONE) {
                wire.bound(Deadline.after(deadline.remaining(settings.timeouts().connect())));
                new Tunnel(wire, settings, proxy).open();
            }
            wire.bound(deadline);
            T begun = beginning.begin(wire, settings);
            wire.bound(Deadline.NEVER);
            addresses.worked(next, address);
            open = true;
            return begun;
        } finally {
            if (!open) {
                wire.close();
            }
        }
    }

    private SmtpTransport link(SocketWire wire, SmtpSettings settings) throws SmtpException {
        ReplyReader replies = new ReplyReader(wire);
        replies.mask(new SecretMask(settings.secret()));
        Handshake handshake = new Handshake(wire, replies, settings, tls, ownName);
        handshake.run();
        Dialogue dialogue = new Dialogue(wire, replies, handshake.offered(), settings.dialogue(), peer(settings),
                memory, buffers);
        return new SmtpLink(wire, replies, dialogue, handshake.serverName(), handshake.authenticated(),
                settings.timeouts());
    }

    private SocketWire wire(SocketChannel channel, SmtpSettings settings) throws SmtpException {
        try {
            return new SocketWire(channel, peer(settings), settings.timeouts(), watchdog);
        } catch (IOException | IllegalStateException e) {
            close(channel);
            String message = "the connection to " + peer(settings) + " was lost at once: " + e.getMessage();
            throw new SmtpException(Failure.before(Phase.CONNECT, message, settings), e);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private static ServerAddress peer(SmtpSettings settings) {
        return new ServerAddress(settings.host(), settings.port());
    }

    /**
     * Starts the watchdog's thread now instead of with the first connection: a thread keeps the class loader of the
     * caller that started it, so a factory that outlives applications must not start one in an application's call.
     */
    public void start() {
        watchdog.start();
    }

    /** Breaks what is still open and ends the watchdog's thread. */
    @Override
    public void close() {
        watchdog.close();
    }
}
