package dev.mailroom.transport;

import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.smtp.Capabilities;
import dev.mailroom.smtp.DialogueLog;
import dev.mailroom.smtp.ReplyReader;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Greeting, EHLO and STARTTLS by Angus Mail, which sends; the replies are read here, where their bounds, their order
 * and the phase they belong to are known. AUTH follows, see {@link Login}. Good for one connection, then to be
 * forgotten.
 */
final class AngusHandshake extends SMTPTransport {
    private static final int NOT_IMPLEMENTED = 500;

    private final SocketWire wire;
    private final ReplyReader replies;
    private final SmtpSettings settings;
    private final Tls tls;
    private final String ownName;
    private final HandshakeFailures failures;
    private final DialogueLog log;
    private Phase phase = Phase.GREETING;
    private SmtpReply reply = SmtpReply.NONE;
    private String greeting = "";
    private Capabilities offered = Capabilities.NONE;
    private boolean authenticated;
    private Optional<SSLSocket> tlsSocket = Optional.empty();
    private Optional<SSLSession> secured = Optional.empty();
    private boolean repliedOverTls;
    private SmtpException failure;

    AngusHandshake(Session session, SocketWire wire, ReplyReader replies, SmtpSettings settings, Tls tls,
            String ownName) {
        super(session, null);
        this.wire = wire;
        this.replies = replies;
        this.settings = settings;
        this.tls = tls;
        this.ownName = ownName;
        this.failures = new HandshakeFailures(settings);
        this.log = new DialogueLog(failures.peer());
    }

    /** Does it all. */
    void run() throws SmtpException {
        setRequireStartTLS(settings.tls() == TlsMode.STARTTLS);
        wire.awaitGreeting();
        try {
            if (settings.tls() == TlsMode.IMPLICIT) {
                phase = Phase.TLS;
                secure();
                phase = Phase.GREETING;
            }
            connect(new HandshakeSocket(wire, settings.host()));
            if (settings.secret().kind() != Secret.Kind.NONE) {
                authenticated = logIn();
            }
        } catch (MessagingException | RuntimeException e) {
            throw failure != null ? failure : broken(e);
        }
    }

    private boolean logIn() throws MessagingException {
        try {
            boolean done = new Login(new HandshakeLine(), settings, failures, secured).run(offered);
            if (!done && !mayDoWithout()) {
                throw fail(failures.noMechanism(offered));
            }
            return done;
        } catch (IOException e) {
            throw fail(failures.lost(phase, e));
        } catch (SmtpException e) {
            throw fail(e);
        }
    }

    private final class HandshakeLine implements AuthLine {
        @Override
        public SmtpReply exchange(String line, String logged) throws IOException, SmtpException {
            phase = Phase.AUTH;
            if (somethingCame()) {
                throw failures.unasked(phase);
            }
            log.sent(logged);
            byte[] octets = (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
            wire.write(octets, 0, octets.length);
            read();
            return reply;
        }

        @Override
        public String challenge() {
            return replies.text();
        }
    }

    /** Angus gave up by itself: it could not write, or did not like the last reply. */
    private SmtpException broken(Exception why) {
        for (Throwable inner = why; inner != null; inner = inner.getCause()) {
            if (inner instanceof IOException cause) {
                return lost(cause);
            }
        }
        return failures.refused(phase, reply, why);
    }

    private boolean mayDoWithout() {
        return settings.secret().kind() == Secret.Kind.PASSWORD && settings.dialogue().unauthenticatedFallback();
    }

    /** What the server offered last. */
    Capabilities offered() {
        return offered;
    }

    /** Whether the server has accepted a login. */
    boolean authenticated() {
        return authenticated;
    }

    /** The name in the greeting. */
    String serverName() {
        int space = greeting.indexOf(' ');
        return space < 0 ? greeting : greeting.substring(0, space);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        return super.protocolConnect(settings.host(), settings.port(), null, null);
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        // What was offered before TLS may have come from anybody (RFC 3207, section 4.2).
        offered = Capabilities.NONE;
        sendCommand("EHLO " + domain);
        int code = readServerResponse();
        if (code == 250) {
            offered = Capabilities.of(replies.text());
            return true;
        }
        if (code < NOT_IMPLEMENTED || secured.isPresent()) {
            throw fail(failures.refused(phase, reply, null));
        }
        return false;
    }

    @Override
    protected void startTLS() throws MessagingException {
        sendCommand("STARTTLS");
        if (readServerResponse() != 220) {
            throw fail(failures.refused(phase, reply, null));
        }
        if (somethingCame()) {
            throw fail(failures.injected());
        }
        secure();
    }

    private void secure() throws MessagingException {
        HeardSocket below = new HeardSocket(wire.socket());
        try {
            SSLSocket socket = tls.over(below, failures.peer(), settings.trust(), settings.clientKey());
            tlsSocket = Optional.of(socket);
            wire.secure(socket);
            secured = Optional.of(socket.getSession());
        } catch (IOException e) {
            Optional<SmtpReply> plain = below.refusal().filter(reply -> settings.tls() == TlsMode.IMPLICIT);
            throw fail(plain.isPresent() ? failures.refused(Phase.GREETING, plain.get(), e)
                    : ofClientCertificate(e).orElseGet(() -> failures.tls(e)));
        }
    }

    @Override
    public boolean supportsExtension(String keyword) {
        if (keyword.equals("STARTTLS") && !offered.offers(keyword)) {
            failure = failures.noStartTls();
        }
        // Without AUTH Angus leaves the login alone.
        return !keyword.startsWith("AUTH") && offered.offers(keyword);
    }

    @Override
    public String getExtensionParameter(String keyword) {
        return offered.parameter(keyword);
    }

    @Override
    public synchronized String getLocalHost() {
        String configured = settings.dialogue().ehloName();
        return !configured.isEmpty() ? configured
                : ownName.isEmpty() ? AddressLiteral.of(wire.socket().getLocalAddress()) : ownName;
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        // TLS 1.3 session tickets follow the handshake (RFC 8446, section 4.6.1) and are read with the next reply: what
        // waits below TLS now is not the server speaking.
        boolean ticketsMayWait = phase == Phase.TLS && secured.isPresent();
        phase = command.equals("STARTTLS") ? Phase.TLS : Phase.EHLO;
        if (!ticketsMayWait && somethingCame()) {
            throw fail(failures.unasked(phase));
        }
        log.sent(command);
        super.sendCommand(command);
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        try {
            int code = read();
            if (phase == Phase.GREETING) {
                wire.greeted();
                greeting = reply.text();
            }
            return code;
        } catch (IOException e) {
            throw fail(lost(e));
        }
    }

    private SmtpException lost(IOException cause) {
        return ofClientCertificate(cause).orElseGet(() -> failures.lost(phase, cause));
    }

    /**
     * Up to TLS 1.2 the server hangs up on the empty or unwanted certificate during the handshake, with TLS 1.3 before
     * its first reply over TLS; often its alert is lost, since what it had not read yet resets the connection.
     */
    private Optional<SmtpException> ofClientCertificate(IOException e) {
        if (repliedOverTls || e instanceof InterruptedIOException || Tls.judged(e)) {
            return Optional.empty();
        }
        if (tlsSocket.filter(tls.requests()::inVain).isPresent()) {
            return Optional.of(failures.noClientCertificate(e));
        }
        return tlsSocket.filter(tls.requests()::shown).flatMap(socket -> failures.clientCertificate(e));
    }

    private int read() throws IOException {
        int code = replies.next();
        repliedOverTls = secured.isPresent();
        reply = replies.reply();
        log.received(reply);
        return code;
    }

    private boolean somethingCame() {
        try {
            return replies.buffered() > 0 || wire.waiting() > 0;
        } catch (IOException e) {
            // The next read reports why.
            return false;
        }
    }

    /** Keeps the first failure: Angus wraps exceptions as it likes. */
    private MessagingException fail(SmtpException why) {
        if (failure == null) {
            failure = why;
        }
        return new MessagingException(why.getMessage(), why);
    }

    @Override
    public synchronized void close() {
        // Angus has opened nothing that it could close; the wire is closed where it was opened.
    }
}
