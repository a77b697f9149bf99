package dev.mailroom.session;

import dev.mailroom.Caller;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** A receiving session in the registry. Its own lock is held while the server is waited for, the registry's never. */
final class OpenMailbox implements ReceivingSession {
    private final String id = UUID.randomUUID().toString();
    private final Caller owner;
    private final Caller openedBy;
    private final String name;
    private final ReceivingSettings settings;
    private final ReceivingConnection connection;
    private final LongSupplier nanoTime;
    private volatile long lastUsed;
    /** The number of the mail at the position when it came there; its identifier tells with IMAP which it is now. */
    private int position;
    private String at = "";
    private boolean passed;
    /** Guarded by the registry's lock. */
    private int holders;

    OpenMailbox(Caller owner, Caller openedBy, String name, ReceivingSettings settings,
            ReceivingConnection connection, LongSupplier nanoTime) {
        this.owner = owner;
        this.openedBy = openedBy;
        this.name = name;
        this.settings = settings;
        this.connection = connection;
        this.nanoTime = nanoTime;
        touch();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether it is that mailbox, opened with the settings that it has. */
    boolean opens(NamedMailbox mailbox) {
        return name.equals(mailbox.name()) && settings.equals(mailbox.settings());
    }

    @Override
    public ReceivingSettings settings() {
        return settings;
    }

    Caller owner() {
        return owner;
    }

    Caller openedBy() {
        return openedBy;
    }

    @Override
    public boolean usable() {
        return connection.usable();
    }

    void hold() {
        holders++;
        touch();
    }

    /** One holder fewer; whether it was the last. */
    boolean unhold() {
        return --holders <= 0;
    }

    void touch() {
        lastUsed = nanoTime.getAsLong();
    }

    long idleNanos() {
        return nanoTime.getAsLong() - lastUsed;
    }

    @Override
    public synchronized int position() {
        if (passed) {
            return 0;
        }
        return at.isEmpty() ? position
                : connection.locate(new MessageEntry(position, at, 0, false, Optional.empty()));
    }

    @Override
    public synchronized void position(int number) {
        position = number;
        at = connection.identifier(number);
        passed = false;
    }

    @Override
    public synchronized void passed(int count) {
        position(count);
        passed = true;
    }

    @Override
    public synchronized int following() {
        return (at.isEmpty() ? position : connection.rank(at)) + 1;
    }

    @Override
    public synchronized int preceding() {
        int rank = at.isEmpty() ? position : connection.rank(at);
        boolean there = !passed && (at.isEmpty() || at.equals(connection.identifier(rank)));
        return there ? rank - 1 : rank;
    }

    @Override
    public synchronized int count() throws SmtpException {
        touch();
        return connection.count();
    }

    @Override
    public synchronized List<MessageEntry> list() throws SmtpException {
        touch();
        return connection.list();
    }

    @Override
    public synchronized Optional<MessageEntry> entry(int number) throws SmtpException {
        touch();
        return connection.entry(number);
    }

    @Override
    public synchronized boolean header(int number, OutputStream to) throws SmtpException, IOException {
        touch();
        return connection.header(number, to);
    }

    @Override
    public synchronized boolean content(int number, OutputStream to) throws SmtpException, IOException {
        touch();
        return connection.content(number, to);
    }

    @Override
    public synchronized Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to)
            throws SmtpException, IOException {
        touch();
        return connection.fetch(number, headerOnly, to);
    }

    @Override
    public synchronized void headers(List<Integer> numbers, ReceivingConnection.HeaderReceiver to)
            throws SmtpException {
        touch();
        connection.headers(numbers, to);
    }

    @Override
    public synchronized int locate(MessageEntry entry) {
        return connection.locate(entry);
    }

    @Override
    public synchronized <T> T imap(ReceivingConnection.ImapTurn<T> turn) throws SmtpException {
        touch();
        return connection.imap(turn);
    }

    @Override
    public synchronized boolean delete(int number) throws SmtpException {
        touch();
        return connection.delete(number);
    }

    /** Ends it with its deletions. */
    synchronized void close() throws SmtpException {
        connection.close();
    }

    /** Ends it without them; how many there were. */
    synchronized int abandon() {
        int lost = connection.deletions();
        connection.abandon();
        return lost;
    }

    @Override
    public String toString() {
        return settings.server().identity() + " of " + owner;
    }
}
