package dev.mailroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A well-behaved SMTP server on a free port of 127.0.0.1, whose single steps can be scripted to misbehave, and which
 * records what its clients did. One daemon thread per connection. Thread-safe.
 */
public final class ScriptedSmtpServer implements AutoCloseable {
    private final ServerSettings settings;
    private final Script script;
    private final DialogueRecorder recorder;
    private final ServerSocket listener = Loopback.listen();
    private final Set<ServerWire> wires = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    ScriptedSmtpServer(ServerSettings settings, Script script) {
        this.settings = settings;
        this.script = script;
        this.recorder = new DialogueRecorder(settings.keepMails());
        Loopback.daemon("scripted-smtp-" + port(), this::accept);
    }

    /** A server that offers what current servers offer, without TLS and AUTH, until told otherwise. */
    public static ScriptedSmtpServerBuilder builder() {
        return new ScriptedSmtpServerBuilder();
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Adds a rule while the server runs; it decides before all earlier ones. */
    public void on(When when, Action action) {
        script.add(when, action);
    }

    /** As {@link #on(When, Action)}, with a rule that decides for itself. */
    public void script(Function<Occasion, Optional<Action>> rule) {
        script.add(rule);
    }

    /** Forgets all rules: from now on the server behaves. */
    public void behave() {
        script.clear();
    }

    /** From now on this is the user's password; connections that are open stay. */
    public void password(String user, String password) {
        settings.passwords().put(user, password);
    }

    /** From now on this is the user's access token. */
    public void token(String user, String token) {
        settings.tokens().put(user, token);
    }

    /** How many connections were opened so far. */
    public int connectionsOpened() {
        return recorder.connections().size();
    }

    /** How many connections are open now. */
    public int connectionsOpen() {
        return recorder.open();
    }

    /** The greatest number of connections that were open at once. */
    public int mostConnectionsOpen() {
        return recorder.mostOpen();
    }

    /** The connections in the order they were opened. */
    public List<ConnectionLog> connections() {
        return recorder.connections();
    }

    /** The n-th connection; the first is 1. */
    public ConnectionLog connection(int number) {
        return recorder.connections().get(number - 1);
    }

    /** On how many connections TLS was established. */
    public int tlsSessions() {
        return (int) recorder.connections().stream().filter(log -> !log.tlsProtocol().isEmpty()).count();
    }

    /** All authentications, connection by connection. */
    public List<AuthAttempt> authAttempts() {
        return recorder.connections().stream().flatMap(log -> log.authAttempts().stream()).toList();
    }

    /** What clients did that the announced extensions do not allow, connection by connection. */
    public List<String> violations() {
        return recorder.connections().stream().flatMap(log -> log.violations().stream()).toList();
    }

    /** Flights on all connections, see {@link ConnectionLog#flights}. */
    public long flights() {
        return recorder.connections().stream().mapToLong(ConnectionLog::flights).sum();
    }

    /** The accepted mails in the order their contents ended. */
    public List<ReceivedMail> mails() {
        return recorder.mails().stream().filter(ReceivedMail::accepted).toList();
    }

    /** Mails whose content came completely but that the server did not accept. */
    public List<ReceivedMail> refusedMails() {
        return recorder.mails().stream().filter(mail -> !mail.accepted()).toList();
    }

    /** How many mails were accepted; counted also where none are kept. */
    public long mailCount() {
        return recorder.accepted();
    }

    /** Waits until that many mails were accepted; {@link AssertionError} if they are not in time. */
    public List<ReceivedMail> awaitMails(long count, Duration longest) {
        await(count + " mails", () -> recorder.accepted() >= count, longest);
        return mails();
    }

    /** The same; a failure tells what the server in front of this one says. */
    List<ReceivedMail> awaitMails(long count, Duration longest, Supplier<String> sender) {
        try {
            return awaitMails(count, longest);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the server says:\n" + sender.get(), e);
        }
    }

    /** Waits until exactly that many connections are open. */
    public void awaitOpenConnections(int count, Duration longest) {
        await(count + " open connections", () -> recorder.open() == count, longest);
    }

    /** Waits for anything that this server can tell; {@code what} completes "still not ...". */
    public void await(String what, BooleanSupplier reached, Duration longest) {
        recorder.await(what, reached, longest);
    }

    /** Tells every client something unasked, such as "421 4.3.2 Closing", and ends the connections with FIN. */
    public void hangUp(String line) {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        for (ServerWire wire : wires) {
            try {
                wire.interject(bytes);
            } catch (IOException e) {
                wire.abort();
            }
        }
    }

    /** Ends every connection without a word; goes on listening. */
    public void dropAll() {
        wires.forEach(ServerWire::abort);
    }

    /** Stops listening and drops all connections. */
    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            dropAll();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                ConnectionLog log = recorder.opened();
                Loopback.daemon("scripted-smtp-" + port() + "-" + log.number(), () -> serve(socket, log));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, ConnectionLog log) {
        try (socket) {
            ServerWire wire = new ServerWire(socket, settings.pieceSize(), closed, log::flight);
            wires.add(wire);
            try {
                if (closed.getCount() > 0) {
                    new SmtpDialogue(settings, script, recorder, log, wire).run();
                }
            } finally {
                wires.remove(wire);
            }
        } catch (IOException e) {
            // The usual end of a connection in these tests; what matters is in the log.
            log.ended(e.toString());
        } finally {
            recorder.closed(log);
        }
    }
}
