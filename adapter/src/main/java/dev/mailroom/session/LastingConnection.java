package dev.mailroom.session;

import dev.mailroom.Failure;
import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSettings;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A connection that is opened again, once, where IMAP has lost it: an operation that has passed nothing on and can be
 * repeated without harm is repeated, for the same mail whatever its number is now; any other fails, and the next one
 * finds a connection. With POP3, whose numbers and deletions end with the connection, nothing is opened again.
 */
final class LastingConnection implements ReceivingConnection {
    /** After such a pause the connection is asked whether it lives, before what cannot be repeated. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ReceivingConnectionFactory connections;
    private final ReceivingSettings settings;
    private final LongSupplier nanoTime;
    private volatile ReceivingConnection current;
    private volatile boolean over;
    private long lastUsed;

    private LastingConnection(ReceivingConnectionFactory connections, ReceivingSettings settings,
            LongSupplier nanoTime) throws SmtpException {
        this.connections = connections;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.current = connections.getConnection(settings);
        this.lastUsed = nanoTime.getAsLong();
    }

    static LastingConnection open(ReceivingConnectionFactory connections, ReceivingSettings settings,
            LongSupplier nanoTime) throws SmtpException {
        return new LastingConnection(connections, settings, nanoTime);
    }

    /** Done with the mail of a number. */
    private interface RepeatedOperation<T, X extends Exception> {
        T on(ReceivingConnection connection, int number) throws SmtpException, X;
    }

    private <T, X extends Exception> T run(int number, RepeatedOperation<T, X> operation) throws SmtpException, X {
        lastUsed = nanoTime.getAsLong();
        String identifier = current.identifier(number);
        if (lost()) {
            reopen();
            return operation.on(current, now(number, identifier));
        }
        try {
            return operation.on(current, number);
        } catch (SmtpException e) {
            if (!lost() || e.failure().lasting()) {
                throw e;
            }
            reopen();
            return operation.on(current, now(number, identifier));
        }
    }

    /** The number that a mail has on the new connection; one that was none is none. */
    private int now(int number, String identifier) {
        return identifier.isEmpty() ? 0
                : current.locate(new MessageEntry(number, identifier, 0, false, Optional.empty()));
    }

    private boolean lost() {
        return !over && settings.protocol() == MailProtocol.IMAP && !current.usable();
    }

    private void reopen() throws SmtpException {
        ReceivingConnection lost = current;
        lost.abandon();
        ReceivingConnection fresh = connections.getConnection(settings);
        boolean resumed = false;
        try {
            fresh.resume(lost);
            resumed = true;
        } finally {
            if (!resumed) {
                fresh.abandon();
            }
        }
        current = fresh;
    }

    @Override
    public int count() throws SmtpException {
        return run(0, (connection, number) -> connection.count());
    }

    @Override
    public List<MessageEntry> list() throws SmtpException {
        return run(0, (connection, number) -> connection.list());
    }

    @Override
    public Optional<MessageEntry> entry(int number) throws SmtpException {
        return run(number, ReceivingConnection::entry);
    }

    @Override
    public boolean header(int number, OutputStream to) throws SmtpException, IOException {
        Passed passed = new Passed(to);
        return run(number, (ReceivingConnection connection, int now) -> passed.once(
                () -> connection.header(now, passed)));
    }

    @Override
    public boolean content(int number, OutputStream to) throws SmtpException, IOException {
        Passed passed = new Passed(to);
        return run(number, (ReceivingConnection connection, int now) -> passed.once(
                () -> connection.content(now, passed)));
    }

    @Override
    public Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to)
            throws SmtpException, IOException {
        Passed passed = new Passed(to);
        return run(number, (ReceivingConnection connection, int now) -> passed.once(
                () -> connection.fetch(now, headerOnly, passed)));
    }

    /** Knows whether something was passed on, after which nothing may be read again: only memory takes it back. */
    private static final class Passed extends FilterOutputStream {
        private final Optional<ByteArrayOutputStream> memory;
        private boolean any;
        private SmtpException failed;

        interface RepeatedReading<T> {
            T run() throws SmtpException, IOException;
        }

        Passed(OutputStream to) {
            super(to);
            memory = to instanceof ByteArrayOutputStream bytes && bytes.size() == 0
                    ? Optional.of(bytes) : Optional.empty();
        }

        @Override
        public void write(int octet) throws IOException {
            any = true;
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            any = true;
            out.write(octets, from, count);
        }

        <T> T once(RepeatedReading<T> reading) throws SmtpException, IOException {
            if (any && memory.isEmpty()) {
                throw failed;
            } else if (any) {
                memory.get().reset();
            }
            try {
                return reading.run();
            } catch (SmtpException e) {
                failed = e;
                throw e;
            }
        }
    }

    @Override
    public void headers(List<Integer> numbers, HeaderReceiver to) throws SmtpException {
        List<String> wanted = numbers.stream().map(current::identifier).toList();
        boolean[] any = new boolean[1];
        SmtpException[] failed = new SmtpException[1];
        HeaderReceiver passing = (entry, header) -> {
            any[0] = true;
            to.on(entry, header);
        };
        ReceivingConnection before = current;
        run(0, (connection, number) -> {
            if (any[0]) {
                throw failed[0];
            }
            try {
                connection.headers(connection == before ? numbers : now(numbers, wanted), passing);
                return true;
            } catch (SmtpException e) {
                failed[0] = e;
                throw e;
            }
        });
    }

    private List<Integer> now(List<Integer> numbers, List<String> identifiers) {
        List<Integer> now = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            now.add(now(numbers.get(i), identifiers.get(i)));
        }
        return now;
    }

    @Override
    public int locate(MessageEntry entry) {
        return current.locate(entry);
    }

    @Override
    public String identifier(int number) {
        return current.identifier(number);
    }

    @Override
    public int rank(String identifier) {
        return current.rank(identifier);
    }

    @Override
    public void resume(ReceivingConnection lost) throws SmtpException {
        current.resume(lost);
    }

    /** What a turn does may not be done twice, and the numbers that it knows are those of now. */
    @Override
    public <T> T imap(ImapTurn<T> turn) throws SmtpException {
        ReceivingConnection before = current;
        if (lost() || nanoTime.getAsLong() - lastUsed > PAUSE.toNanos()
                && settings.protocol() == MailProtocol.IMAP) {
            count();
        }
        lastUsed = nanoTime.getAsLong();
        if (current != before && !sameNumbers(before)) {
            throw new SmtpException(Failure.before(Phase.CHANGE, "the connection to the mailbox of "
                    + settings.server().identity() + " was lost and opened again, and its mails are counted anew"
                    + " meanwhile: look which number the mail has, and do it again", settings.server()));
        }
        return current.imap(turn);
    }

    private boolean sameNumbers(ReceivingConnection before) {
        int number = 1;
        for (String one = before.identifier(number); !one.isEmpty(); one = before.identifier(++number)) {
            if (!one.equals(current.identifier(number))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean delete(int number) throws SmtpException {
        return run(number, ReceivingConnection::delete);
    }

    @Override
    public int deletions() {
        return current.deletions();
    }

    @Override
    public boolean usable() {
        return !over && (settings.protocol() == MailProtocol.IMAP || current.usable());
    }

    @Override
    public void close() throws SmtpException {
        int waiting = current.deletions();
        if (settings.protocol() == MailProtocol.IMAP && !over && waiting > 0) {
            try {
                // A connection that died unseen is opened again before the deletions depend on it.
                count();
            } catch (SmtpException e) {
                over = true;
                throw new SmtpException(Failure.before(Phase.QUIT, "the connection to the mailbox of "
                        + settings.server().identity() + " was lost, and nobody has confirmed that " + waiting
                        + " mails were deleted: " + e.getMessage(), settings.server()), e);
            }
        }
        over = true;
        current.close();
    }

    @Override
    public void abandon() {
        over = true;
        current.abandon();
    }
}
