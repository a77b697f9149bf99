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
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Greeting, EHLO, STARTTLS and AUTH. Good for one connection, then to be forgotten. */
final class Handshake {
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

    Handshake(SocketWire wire, ReplyReader replies, SmtpSettings settings, Tls tls, String ownName) {
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
        wire.awaitGreeting();
        try {
            if (settings.tls() == TlsMode.IMPLICIT) {
                phase = Phase.TLS;
                secure();
                phase = Phase.GREETING;
            }
            greet();
            hello();
            if (settings.tls() == TlsMode.STARTTLS) {
                startTls();
                hello();
            }
            if (settings.secret().kind() != Secret.Kind.NONE) {
                authenticated = logIn();
            }
        } catch (RuntimeException e) {
            throw failures.refused(phase, reply, e);
        }
    }

    private void greet() throws SmtpException {
        int code = answer();
        wire.greeted();
        greeting = reply.text();
        if (code != 220) {
            throw failures.refused(phase, reply, null);
        }
    }

    /** EHLO, or HELO where the server does not know EHLO (RFC 5321, section 3.2). */
    private void hello() throws SmtpException {
        // What was offered before TLS may have come from anybody (RFC 3207, section 4.2).
        offered = Capabilities.NONE;
        int code = command("EHLO " + ownName());
        if (code == 250) {
            offered = Capabilities.of(replies.text());
        } else if (code < NOT_IMPLEMENTED || secured.isPresent() || command("HELO " + ownName()) != 250) {
            throw failures.refused(phase, reply, null);
        }
    }

    private boolean logIn() throws SmtpException {
        try {
            boolean done = new Login(new HandshakeLine(), settings, failures, secured).run(offered);
            if (!done && !mayDoWithout()) {
                throw failures.noMechanism(offered);
            }
            return done;
        } catch (IOException e) {
            throw failures.lost(phase, e);
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
            write(line);
            read();
            return reply;
        }

        @Override
        public String challenge() {
            return replies.text();
        }
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

    private void startTls() throws SmtpException {
        if (!offered.offers("STARTTLS")) {
            throw failures.noStartTls();
        }
        if (command("STARTTLS") != 220) {
            throw failures.refused(phase, reply, null);
        }
        if (somethingCame()) {
            throw failures.injected();
        }
        secure();
    }

    private void secure() throws SmtpException {
        HeardSocket below = new HeardSocket(wire.socket());
        try {
            SSLSocket socket = tls.over(below, failures.peer(), settings.trust(), settings.clientKey());
            tlsSocket = Optional.of(socket);
            wire.secure(socket);
            secured = Optional.of(socket.getSession());
        } catch (IOException e) {
            Optional<SmtpReply> plain = below.refusal().filter(reply -> settings.tls() == TlsMode.IMPLICIT);
            throw plain.isPresent() ? failures.refused(Phase.GREETING, plain.get(), e)
                    : ofClientCertificate(e).orElseGet(() -> failures.tls(e));
        }
    }

    private String ownName() {
        String configured = settings.dialogue().ehloName();
        return !configured.isEmpty() ? configured
                : ownName.isEmpty() ? AddressLiteral.of(wire.socket().getLocalAddress()) : ownName;
    }

    /** The code of its reply. */
    private int command(String line) throws SmtpException {
        // TLS 1.3 session tickets follow the handshake (RFC 8446, section 4.6.1) and are read with the next reply: what
        // waits below TLS now is not the server speaking.
        boolean ticketsMayWait = phase == Phase.TLS && secured.isPresent();
        phase = line.equals("STARTTLS") ? Phase.TLS : Phase.EHLO;
        if (!ticketsMayWait && somethingCame()) {
            throw failures.unasked(phase);
        }
        log.sent(line);
        try {
            write(line);
        } catch (IOException e) {
            throw lost(e);
        }
        return answer();
    }

    private void write(String line) throws IOException {
        byte[] octets = (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
        wire.write(octets, 0, octets.length);
    }

    private int answer() throws SmtpException {
        try {
            return read();
        } catch (IOException e) {
            throw lost(e);
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
}
