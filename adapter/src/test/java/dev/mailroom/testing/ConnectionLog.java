package dev.mailroom.testing;

import java.util.ArrayList;
import java.util.List;

/** What happened on one connection so far. Thread-safe. */
public final class ConnectionLog {
    private final int number;
    private final List<String> commands = new ArrayList<>();
    private final List<AuthAttempt> authAttempts = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long flights;
    private String tlsProtocol = "";
    private String ending = "";
    private boolean open = true;

    ConnectionLog(int number) {
        this.number = number;
    }

    /** The first is 1. */
    public int number() {
        return number;
    }

    /** The command lines in order, credentials as {@code ***}; empty if the server was told to keep none. */
    public synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    /** The authentications in order. */
    public synchronized List<AuthAttempt> authAttempts() {
        return List.copyOf(authAttempts);
    }

    /** What the client did that the announced extensions do not allow. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** How often the client waited: it wrote, everything was answered, and the server had to read again. */
    public synchronized long flights() {
        return flights;
    }

    /** Such as {@code TLSv1.3}; empty = plain. */
    public synchronized String tlsProtocol() {
        return tlsProtocol;
    }

    /** Whether neither side has ended it, as far as the server knows. */
    public synchronized boolean open() {
        return open;
    }

    /** Why the dialogue ended, if not by QUIT; empty while it goes on. */
    public synchronized String ending() {
        return ending;
    }

    synchronized void command(String line) {
        commands.add(line);
    }

    synchronized void auth(AuthAttempt attempt) {
        authAttempts.add(attempt);
    }

    synchronized void violation(String what) {
        violations.add(what);
    }

    synchronized void flight() {
        flights++;
    }

    synchronized void tls(String protocol) {
        tlsProtocol = protocol;
    }

    synchronized void ended(String why) {
        ending = why;
    }

    synchronized void closed() {
        open = false;
    }
}
