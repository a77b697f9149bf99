package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.Buffers;
import dev.mailroom.smtp.Dialogue;
import dev.mailroom.smtp.Peer;
import dev.mailroom.smtp.ReplyReader;
import dev.mailroom.smtp.ServerMemory;
import jakarta.mail.Session;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Properties;

/**
 * Opens connections with Angus Mail. Holds what they share: trust, TLS sessions, buffers, what is known of misbehaving
 * servers, and the watchdog. Thread-safe.
 */
public final class AngusTransportFactory implements TransportFactory, AutoCloseable {
    private final Tls tls;
    private final Session session;
    private final Watchdog watchdog = new Watchdog();
    private final Buffers buffers = new Buffers();
    private final ServerMemory memory = new ServerMemory();

    /**
     * Names itself in EHLO by the address literal of each connection.
     *
     * @throws IllegalArgumentException when the trust store cannot be read
     */
    public AngusTransportFactory(TrustSettings trust) {
        this(trust, "");
    }

    /**
     * Names itself in EHLO by that host name.
     *
     * @param localName a host name, or empty for the address literal of each connection
     * @throws IllegalArgumentException when the trust store cannot be read, or the name is not one
     */
    public AngusTransportFactory(TrustSettings trust, String localName) {
        if (!localName.matches("[A-Za-z0-9.:\\[\\]_-]{0,255}")) {
            throw new IllegalArgumentException("the name for EHLO must be a host name or an address literal, was \""
                    + localName.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        this.tls = new Tls(trust);
        this.session = Session.getInstance(properties(localName));
    }

    private static Properties properties(String localName) {
        Properties properties = new Properties();
        if (!localName.isEmpty()) {
            properties.setProperty("mail.smtp.localhost", localName);
        }
        properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN XOAUTH2");
        // The identity to act as is left to the server (RFC 4616, section 2).
        properties.setProperty("mail.smtp.sasl.authorizationid", "");
        return properties;
    }

    @Override
    public SmtpTransport open(SmtpSettings settings, Deadline deadline) throws SmtpException {
        SocketChannel channel = new Dialer(settings).connect(deadline);
        SocketWire wire = wire(channel, settings);
        boolean open = false;
        try {
            wire.bound(deadline);
            ReplyReader replies = new ReplyReader(wire);
            AngusHandshake handshake = new AngusHandshake(session, wire, replies, settings, tls);
            handshake.run();
            wire.bound(Deadline.NEVER);
            Dialogue dialogue = new Dialogue(wire, replies, handshake.offered(), settings.dialogue(), peer(settings),
                    memory, buffers);
            open = true;
            return new SmtpLink(wire, dialogue, handshake.serverName(), settings.timeouts());
        } finally {
            if (!open) {
                wire.close();
            }
        }
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

    private static Peer peer(SmtpSettings settings) {
        return new Peer(settings.host(), settings.port());
    }

    /**
     * Starts the watchdog's thread now instead of with the first connection: a thread remembers whoever was calling
     * when it was made, and a factory that outlives applications must not begin one on an application's call.
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
