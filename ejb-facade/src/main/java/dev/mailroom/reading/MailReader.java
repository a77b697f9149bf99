package dev.mailroom.reading;

import dev.mailroom.SmtpException;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Reads mails of one session, whole or their headers; a mail that is marked as deleted, or gone, is none. Each call is
 * one turn: other threads on the session wait.
 */
public final class MailReader {
    private final ReceivingSession session;
    private final boolean headerOnly;

    /** @param headerOnly whether bodies stay where they are, and mails unseen */
    public MailReader(ReceivingSession session, boolean headerOnly) {
        this.session = session;
        this.headerOnly = headerOnly;
    }

    /** The mail of that number, where the position then is; empty = there is none, and the position stays. */
    public Optional<FetchedMail> read(int number) throws SmtpException {
        synchronized (session) {
            return fetchAt(number);
        }
    }

    /** The mail where the position goes; empty = it went past the first or the last. */
    public Optional<FetchedMail> read(Move move) throws SmtpException {
        synchronized (session) {
            return switch (move) {
                case FIRST -> ascend(() -> 1);
                case NEXT -> ascend(session::following);
                case PREVIOUS -> descend(session.preceding());
                case LAST -> descend(Integer.MAX_VALUE);
            };
        }
    }

    private Optional<FetchedMail> ascend(IntSupplier from) throws SmtpException {
        Optional<FetchedMail> first = fetchAt(from.getAsInt());
        if (first.isPresent()) {
            return first;
        }
        // Asking how many there are may tell of mails that have come, and of those that went.
        int count = session.count();
        for (int number = from.getAsInt(); number <= count; number++) {
            Optional<FetchedMail> mail = fetchAt(number);
            if (mail.isPresent()) {
                return mail;
            }
        }
        session.passed(count);
        return Optional.empty();
    }

    private Optional<FetchedMail> descend(int from) throws SmtpException {
        for (int number = Math.min(from, session.count()); number >= 1; number--) {
            Optional<FetchedMail> mail = fetchAt(number);
            if (mail.isPresent()) {
                return mail;
            }
        }
        session.position(0);
        return Optional.empty();
    }

    /** A mail that is refused, for its size, has been come to as well: or a loop would meet it for ever. */
    private Optional<FetchedMail> fetchAt(int number) throws SmtpException {
        try {
            Optional<FetchedMail> mail = fetch(number);
            mail.ifPresent(one -> session.position(session.locate(one.entry())));
            return mail;
        } catch (SmtpException e) {
            if (e.failure().reusable()) {
                session.position(number);
            }
            throw e;
        }
    }

    /** The mail of that number; the position stays. */
    Optional<FetchedMail> fetch(int number) throws SmtpException {
        Optional<MessageEntry> entry = session.entry(number);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        if (entry.isEmpty() || !transferWhole(entry.get(), octets)) {
            return Optional.empty();
        }
        byte[] source = octets.toByteArray();
        return Optional.of(new FetchedMail(entry.get(), source, MailParser.parse(source)));
    }

    /** A mail that was cut off midway is read once more, where the session finds another connection. */
    private boolean transferWhole(MessageEntry entry, ByteArrayOutputStream octets) throws SmtpException {
        try {
            // What the server said of it may have come with the news that others are gone.
            int now = session.locate(entry);
            return now > 0 && transfer(now, octets);
        } catch (SmtpException e) {
            if (octets.size() == 0 || !session.usable() || e.failure().lasting()) {
                throw e;
            }
            octets.reset();
            int again = session.locate(entry);
            return again > 0 && transfer(again, octets);
        }
    }

    private boolean transfer(int number, ByteArrayOutputStream octets) throws SmtpException {
        try {
            return headerOnly ? session.header(number, octets) : session.content(number, octets);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every octet", e);
        }
    }
}
