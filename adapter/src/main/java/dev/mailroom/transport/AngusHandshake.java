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
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Greeting, EHLO, STARTTLS and AUTH by Angus Mail, which sends; the replies are read here, where their bounds, their
 * order and the phase they belong to are known. Good for one connection, then to be forgotten.
 */
final class AngusHandshake extends SMTPTransport {
    private static final int TRY_AGAIN_LATER = 400;
    private static final int NOT_IMPLEMENTED = 500;

    private final SocketWire wire;
    private final ReplyReader replies;
    private final SmtpSettings settings;
    private final Tls tls;
    private final HandshakeFailures failures;
    private final DialogueLog log;
    private Phase phase = Phase.GREETING;
    private SmtpReply reply = SmtpReply.NONE;
    private String greeting = "";
    private Capabilities offered = Capabilities.NONE;
    private Mechanism mechanism = Mechanism.NONE;
    private boolean secured;
    private SmtpException failure;

    AngusHandshake(Session session, SocketWire wire, ReplyReader replies, SmtpSettings settings, Tls tls) {
        super(session, null);
        this.wire = wire;
        this.replies = replies;
        this.settings = settings;
        this.tls = tls;
        this.failures = new HandshakeFailures(settings);
        this.log = new DialogueLog(failures.peer());
    }

    /** Does it all. */
    void run() throws SmtpException {
        setRequireStartTLS(settings.tls() == TlsMode.STARTTLS);
        try {
            if (settings.tls() == TlsMode.IMPLICIT) {
                phase = Phase.TLS;
                secure();
                phase = Phase.GREETING;
            }
            connect(new HandshakeSocket(wire, settings.host()));
            if (settings.secret().kind() != Secret.Kind.NONE && mechanism == Mechanism.NONE && !mayDoWithout()) {
                throw fail(failures.noMechanism(offered));
            }
        } catch (MessagingException | RuntimeException e) {
            throw failure != null ? failure : broken(e);
        }
    }

    /** Angus gave up by itself: it could not write, or did not like the last reply. */
    private SmtpException broken(Exception why) {
        for (Throwable inner = why; inner != null; inner = inner.getCause()) {
            if (inner instanceof IOException lost) {
                return failures.lost(phase, lost);
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

    /** The name in the greeting. */
    String serverName() {
        int space = greeting.indexOf(' ');
        return space < 0 ? greeting : greeting.substring(0, space);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        boolean secret = settings.secret().kind() != Secret.Kind.NONE;
        return super.protocolConnect(settings.host(), settings.port(), secret ? settings.user() : null,
                secret ? settings.secret().value() : null);
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        // What was offered before TLS may have come from anybody (RFC 3207, section 4.2).
        offered = Capabilities.NONE;
        sendCommand("EHLO " + domain);
        int code = readServerResponse();
        if (code == 250) {
            offered = Capabilities.of(replies.text());
            mechanism = Mechanism.choose(settings.secret().kind(), offered);
            return true;
        }
        if (code < NOT_IMPLEMENTED || secured) {
            throw fail(failures.refused(phase, reply, null));
        }
        return false;
    }

    @Override
    protected void startTLS() throws MessagingException {
        if (settings.tls() != TlsMode.STARTTLS || secured) {
            // Angus comes here on its own when AUTH is answered with 530.
            throw fail(failures.refused(phase, reply, null));
        }
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
        try {
            wire.secure(tls.over(wire.socket(), failures.peer(), settings.trust()));
            secured = true;
        } catch (IOException e) {
            throw fail(failures.tls(e));
        }
    }

    @Override
    public boolean supportsExtension(String keyword) {
        if (keyword.equals("STARTTLS") && !offered.offers(keyword)) {
            failure = failures.noStartTls();
        }
        return keyword.equals("AUTH") ? mechanism != Mechanism.NONE : offered.offers(keyword);
    }

    @Override
    public String getExtensionParameter(String keyword) {
        return offered.parameter(keyword);
    }

    @Override
    protected boolean supportsAuthentication(String name) {
        return name.equals(mechanism.name());
    }

    @Override
    public synchronized String getLocalHost() {
        String configured = session.getProperty("mail.smtp.localhost");
        return configured != null ? configured : AddressLiteral.of(wire.socket().getLocalAddress());
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        // TLS 1.3 session tickets follow the handshake (RFC 8446, section 4.6.1) and are read with the next reply: what
        // waits below TLS now is not the server speaking.
        boolean ticketsMayWait = phase == Phase.TLS && secured;
        phase = switch (command.split(" ", 2)[0]) {
            case "EHLO", "HELO" -> Phase.EHLO;
            case "STARTTLS" -> Phase.TLS;
            default -> Phase.AUTH;
        };
        if (!ticketsMayWait && somethingCame()) {
            throw fail(failures.unasked(phase));
        }
        log.sent(phase == Phase.AUTH ? "AUTH " + mechanism + " ***" : command);
        super.sendCommand(command);
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        try {
            int code = read();
            if (phase == Phase.AUTH && mechanism == Mechanism.XOAUTH2 && code == 334) {
                // The challenge holds the error; the final reply comes after an empty response.
                super.sendCommand("");
                code = read();
            }
            if (phase == Phase.GREETING) {
                greeting = reply.text();
            }
            return code;
        } catch (IOException e) {
            throw fail(failures.lost(phase, e));
        }
    }

    private int read() throws IOException {
        int code = replies.next();
        reply = failures.withoutSecret(replies.reply());
        log.received(reply);
        return code;
    }

    private boolean somethingCame() {
        try {
            return replies.buffered() > 0 || wire.waiting() > 0;
        } catch (IOException e) {
            // Whoever reads next learns why.
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
        // There is nothing of Angus's own to close; the wire is closed by whoever opened it.
    }
}
