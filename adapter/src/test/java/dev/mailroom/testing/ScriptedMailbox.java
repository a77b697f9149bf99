package dev.mailroom.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One mailbox behind POP3 or IMAP on a free port of 127.0.0.1: it behaves well, but for the commands that are scripted
 * to be answered otherwise. Knows as much as Mailroom asks of it. Thread-safe.
 */
public final class ScriptedMailbox implements AutoCloseable {
    /** Answers the commands of one connection. */
    interface Dialect {
        String greeting();

        /** False = it was the goodbye. */
        boolean answer(ServerWire wire, String line) throws IOException;

        /** What a line asks for, without tag: scripts go by its beginning. */
        String command(String line);

        String tag(String line);
    }

    private final boolean pop3;
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Map<String, StoreScript> scripts = new ConcurrentHashMap<>();
    private final Set<ServerWire> wires = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> idlers = ConcurrentHashMap.newKeySet();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<String, List<String>> folders = new ConcurrentHashMap<>();
    private final ServerSocket listener = Loopback.listen();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger flights = new AtomicInteger();
    private volatile String capabilities;
    private final Set<Integer> marked = ConcurrentHashMap.newKeySet();
    private volatile int validity = 77;

    private ScriptedMailbox(boolean pop3, List<String> mails) {
        this.pop3 = pop3;
        this.mails.addAll(mails);
        this.arrived.addAll(mails);
        this.capabilities = pop3 ? "TOP UIDL STLS SASL_PLAIN" : "IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR UIDPLUS";
        Loopback.daemon("scripted-mailbox-" + port(), this::accept);
    }

    /** Behind POP3; the password is {@code secret}. */
    public static ScriptedMailbox pop3(String... mails) {
        return new ScriptedMailbox(true, List.of(mails));
    }

    /** Behind IMAP; the password is {@code secret}. */
    public static ScriptedMailbox imap(String... mails) {
        return new ScriptedMailbox(false, List.of(mails));
    }

    /** Behind either. */
    public static ScriptedMailbox of(boolean pop3, String... mails) {
        return new ScriptedMailbox(pop3, List.of(mails));
    }

    /** What is answered to commands that begin so; {@code greeting} is none, but counts as one. */
    public ScriptedMailbox on(String command, StoreScript script) {
        scripts.put(command, script);
        return this;
    }

    /** What it says that it can do; an underscore stands for a space. */
    public ScriptedMailbox offering(String words) {
        capabilities = words;
        return this;
    }

    /** IMAP's UIDVALIDITY from now on; 77 at first. */
    public ScriptedMailbox validity(int number) {
        validity = number;
        return this;
    }

    /** The numbers of the mails that have IMAP's flag Deleted, as it stays when a connection is lost. */
    Set<Integer> marked() {
        return marked;
    }

    int validity() {
        return validity;
    }

    /** Hangs up on everybody. */
    public void cutAll() {
        wires.forEach(ServerWire::abort);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The mails that are left, after deletions became final. */
    public List<String> mails() {
        return List.copyOf(mails);
    }

    /** A mail arrives; whoever idles is told. */
    public void deliver(String mail) {
        mails.add(mail);
        arrived.add(mail);
        idlers.forEach(Runnable::run);
    }

    /** Every mail that has ever been there. */
    List<String> arrived() {
        return List.copyOf(arrived);
    }

    /** The mails that were marked as seen by a command that does nothing else; those that are equal are one. */
    public Set<String> seen() {
        return seen;
    }

    /** IMAP's other folders by name, between quotes as commands have it, with what was moved there. */
    public Map<String, List<String>> folders() {
        return folders;
    }

    /** Something that reads a line. */
    interface Idling {
        void run() throws IOException;
    }

    void whileIdle(Runnable push, Idling idling) throws IOException {
        idlers.add(push);
        try {
            push.run();
            idling.run();
        } finally {
            idlers.remove(push);
        }
    }

    void heard(String line) {
        lines.add(line);
    }

    /** Every line that clients have sent. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** How often it had answered everything, and nothing more had come: the round trips that its clients wait for. */
    public int flights() {
        return flights.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Loopback.daemon("scripted-mailbox-client", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        ServerWire wire;
        try {
            wire = new ServerWire(socket, 0, closed, flights::incrementAndGet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wires.add(wire);
        Dialect dialect = pop3 ? new Pop3Dialect(this) : new ImapDialect(this);
        try {
            if (!scripted(wire, "greeting", "*")) {
                say(wire, dialect.greeting());
            }
            boolean goesOn = true;
            while (goesOn) {
                String line = wire.readLine();
                lines.add(line);
                goesOn = scripted(wire, dialect.command(line), dialect.tag(line)) || dialect.answer(wire, line);
            }
            wire.flush();
        } catch (IOException e) {
            // The client or a script has ended it.
            return;
        } finally {
            wires.remove(wire);
            wire.abort();
        }
    }

    private boolean scripted(ServerWire wire, String command, String tag) throws IOException {
        Optional<StoreScript> script = scripts.entrySet().stream().filter(one -> command.startsWith(one.getKey()))
                .map(Map.Entry::getValue).findFirst();
        return script.isPresent() && script.get().play(wire, tag);
    }

    static void say(ServerWire wire, String line) throws IOException {
        wire.write((line + "\r\n").getBytes(ISO_8859_1));
    }

    List<String> offered() {
        List<String> words = new ArrayList<>();
        for (String word : capabilities.split(" ")) {
            words.add(word.replace('_', ' '));
        }
        return words;
    }

    /** The live list. */
    List<String> live() {
        return mails;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wires.forEach(ServerWire::abort);
    }
}
