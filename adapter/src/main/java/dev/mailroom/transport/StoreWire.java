package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Deadline;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.Capabilities;
import dev.mailroom.smtp.DialogueLog;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * The connection that a mailbox is read on: lines and octets, within bounds, each wait finite. What the network does is
 * a failure of the {@link #phase}. For one thread at a time, but for {@link #close}.
 */
public final class StoreWire implements AutoCloseable {
    /**
     * Octets of commands that may be unanswered at a time. The socket holds as many for a server that reads none, so
     * that neither side ever waits for the other to read.
     */
    public static final int MOST_AHEAD = 64 * 1024;

    private static final int BUFFER = 16 * 1024;

    private final SocketWire wire;
    private final SmtpSettings settings;
    private final Tls tls;
    private final HandshakeFailures failures;
    private final UnaryOperator<String> mask;
    private final DialogueLog log;
    private final byte[] in = new byte[BUFFER];
    private int start;
    private int end;
    private Phase phase = Phase.GREETING;
    private Optional<SSLSession> secured = Optional.empty();

    StoreWire(SocketWire wire, SmtpSettings settings, Tls tls) {
        this.wire = wire;
        wire.bounds("operation");
        this.settings = settings;
        this.tls = tls;
        this.failures = new HandshakeFailures(settings);
        this.mask = new SecretMask(settings.secret());
        this.log = new DialogueLog(failures.peer());
    }

    /** What is done from now on. */
    public void phase(Phase now) {
        phase = now;
    }

    /** Bounds everything that follows. */
    public void bound(Deadline deadline) {
        wire.bound(deadline);
    }

    /** From now on to {@link #greeted} the time of a greeting runs. */
    public void awaitGreeting() {
        wire.awaitGreeting();
    }

    /** The greeting has come. */
    public void greeted() {
        wire.greeted();
    }

    /** The next line without its end, each octet as a character; nothing is kept of one that is too long. */
    public String line(int longest) throws SmtpException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            if (line.size() > longest) {
                throw protocol("it sends a line of more than " + longest + " octets");
            }
            line.write(octet);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** The next octet, 0 to 255. */
    public int octet() throws SmtpException {
        if (start == end) {
            fill();
        }
        return in[start++] & 0xff;
    }

    /** The octet that {@link #octet} gives next. */
    public int peek() throws SmtpException {
        if (start == end) {
            fill();
        }
        return in[start] & 0xff;
    }

    /**
     * Passes on what has come of a line, its end included.
     *
     * @param most octets that are passed on; the others are dropped
     * @return how many octets it was, negative where the line goes on
     * @throws IOException what the target throws; then the rest stays unread
     */
    public int piece(OutputStream to, long most) throws SmtpException, IOException {
        if (start == end) {
            fill();
        }
        int from = start;
        int i = from;
        while (i < end && in[i] != '\n') {
            i++;
        }
        boolean ended = i < end;
        start = ended ? i + 1 : end;
        to.write(in, from, (int) Math.max(0, Math.min(most, start - from)));
        return ended ? start - from : from - start;
    }

    /**
     * Passes that many octets on.
     *
     * @throws IOException what the target throws; then the rest stays unread
     */
    public void copy(long octets, OutputStream to) throws SmtpException, IOException {
        for (long left = octets; left > 0;) {
            if (start == end) {
                fill();
            }
            int some = (int) Math.min(left, end - start);
            to.write(in, start, some);
            start += some;
            left -= some;
        }
    }

    private void fill() throws SmtpException {
        try {
            wire.expectLine();
            int count = wire.read(in, 0, in.length);
            if (count < 0) {
                throw new EOFException("the connection was closed");
            }
            start = 0;
            end = count;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Sends a command. */
    public void send(String command) throws SmtpException {
        send(command, command);
    }

    /** Sends a line, logs another text in its place. */
    public void send(String line, String logged) throws SmtpException {
        log.sent(logged);
        byte[] octets = (line + "\r\n").getBytes(UTF_8);
        try {
            wire.write(octets, 0, octets.length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Sends commands at once, no more than {@link #MOST_AHEAD} octets of them. */
    public void send(List<String> commands) throws SmtpException {
        StringBuilder lines = new StringBuilder();
        for (String command : commands) {
            log.sent(command);
            lines.append(command).append("\r\n");
        }
        byte[] octets = lines.toString().getBytes(UTF_8);
        try {
            if (commands.size() > 1) {
                wire.roomFor(2 * MOST_AHEAD);
            }
            wire.write(octets, 0, octets.length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Sends octets, which are not logged, and an end of line. */
    public void sendOctets(byte[] octets) throws SmtpException {
        try {
            wire.write(octets, 0, octets.length);
        } catch (IOException e) {
            throw lost(e);
        }
        send("", octets.length + " octets");
    }

    /** Logs what the server said; returns it as messages may show it: no secret of ours, no control characters. */
    public String shown(String said) {
        String text = mask.apply(new String(said.getBytes(ISO_8859_1), UTF_8));
        SmtpReply reply = SmtpReply.of(200, text.substring(0, Math.min(text.length(), 500)));
        log.received(reply);
        return reply.text();
    }

    /**
     * Waits for octets, or the end of the stream, whatever deadlines there are.
     *
     * @return false = none have come in that time, or the thread was interrupted
     */
    public boolean awaitOctets(Duration longest) throws SmtpException {
        try {
            return start < end || wire.await(longest);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Octets that came and were not asked for. */
    public boolean somethingCame() {
        try {
            return start < end || wire.waiting() > 0;
        } catch (IOException e) {
            // The next read reports why.
            return false;
        }
    }

    /** Whether nothing waits, not even the end of the stream; if something does, the connection is good for no more. */
    public boolean quiet() {
        return start == end && wire.quiet();
    }

    /** TLS from here on (RFC 2595): what came in plain text behind the consent is an attack. */
    public void upgrade() throws SmtpException {
        phase = Phase.TLS;
        if (somethingCame()) {
            throw failures.injected();
        }
        secure();
    }

    /** TLS from here on. */
    public void secure() throws SmtpException {
        phase = Phase.TLS;
        try {
            SSLSocket socket = tls.over(wire.socket(), failures.peer(), settings.trust(), settings.clientKey());
            wire.secure(socket);
            secured = Optional.of(socket.getSession());
        } catch (IOException e) {
            throw failures.tls(e);
        }
    }

    /** The TLS session; empty without TLS. */
    public Optional<SSLSession> secured() {
        return secured;
    }

    /** Logs in with the strongest of these SASL mechanisms that the secret can be used with; false = there is none. */
    public boolean logIn(AuthLine line, Collection<String> mechanisms) throws SmtpException {
        phase = Phase.AUTH;
        Capabilities offered = Capabilities.of("\nAUTH " + String.join(" ", mechanisms));
        try {
            return new Login(line, settings, failures, secured).run(offered);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** There is no way to log in with that secret. */
    public SmtpException noMechanism(Collection<String> mechanisms) {
        return failures.noMechanism(Capabilities.of("\nAUTH " + String.join(" ", mechanisms)));
    }

    /** The TLS that this session wants is not to be had. */
    public SmtpException noUpgrade() {
        return failures.noStartTls();
    }

    /** The server has answered a step of the opening, and not as hoped; the code as {@link AuthLine} has them. */
    public SmtpException refused(int code, String shown) {
        return failures.refused(phase, SmtpReply.of(code, shown), null);
    }

    /** The server does not keep to the protocol: nothing that follows could be trusted. */
    public SmtpException protocol(String how) {
        return lost(new ProtocolException(how));
    }

    private SmtpException lost(IOException cause) {
        return failures.lost(phase, cause);
    }

    @Override
    public void close() {
        wire.close();
    }
}
