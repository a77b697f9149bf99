package dev.mailroom.connector;

import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.store.MailStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** What the application holds of an open mailbox: ends once. */
final class MailboxHandle implements ReceivingConnection {
    private static final System.Logger LOG = System.getLogger(MailboxHandle.class.getName());

    private final MailStore store;
    private final Runnable closed;
    private boolean over;

    MailboxHandle(MailStore store, Runnable closed) {
        this.store = store;
        this.closed = closed;
    }

    private MailStore open() {
        if (over) {
            throw new IllegalStateException("this mailbox is closed; get another connection from the factory");
        }
        return store;
    }

    @Override
    public int count() throws SmtpException {
        return open().count();
    }

    @Override
    public List<MessageEntry> list() throws SmtpException {
        return open().list();
    }

    @Override
    public Optional<MessageEntry> entry(int number) throws SmtpException {
        return open().entry(number);
    }

    @Override
    public boolean header(int number, OutputStream to) throws SmtpException, IOException {
        return open().header(number, to);
    }

    @Override
    public boolean content(int number, OutputStream to) throws SmtpException, IOException {
        return open().content(number, to);
    }

    @Override
    public Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to)
            throws SmtpException, IOException {
        return open().fetch(number, headerOnly, to);
    }

    @Override
    public void headers(List<Integer> numbers, HeaderReceiver to) throws SmtpException {
        open().headers(numbers, to);
    }

    @Override
    public int locate(MessageEntry entry) {
        return store.locate(entry);
    }

    @Override
    public String identifier(int number) {
        return store.identifier(number);
    }

    @Override
    public int rank(String identifier) {
        return store.rank(identifier);
    }

    @Override
    public void resume(ReceivingConnection lost) throws SmtpException {
        open().resume(((MailboxHandle) lost).store);
    }

    @Override
    public <T> T imap(ImapTurn<T> turn) throws SmtpException {
        return open().imap(turn);
    }

    @Override
    public boolean delete(int number) throws SmtpException {
        return open().delete(number);
    }

    @Override
    public int deletions() {
        return store.deletions();
    }

    @Override
    public boolean usable() {
        return !over && store.usable();
    }

    @Override
    public void close() throws SmtpException {
        if (!over) {
            over = true;
            try {
                store.end();
            } finally {
                closed.run();
            }
        }
    }

    @Override
    public void abandon() {
        if (!over) {
            over = true;
            try {
                if (store.usable() && store.deletions() > 0) {
                    store.reset();
                }
                if (store.usable()) {
                    store.end();
                }
            } catch (SmtpException e) {
                // A connection that is cut deletes nothing (RFC 1939, section 6).
                LOG.log(System.Logger.Level.DEBUG, "leaving a mailbox: " + e.getMessage());
            } finally {
                closed.run();
            }
        }
    }
}
