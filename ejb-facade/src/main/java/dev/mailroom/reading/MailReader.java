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
            if (mail.isPresent()) {
                // The news that mails are gone may have come with it, the mail itself among them.
                int now = session.locate(mail.get().entry());
                session.position(now > 0 ? now : number - 1);
            }
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
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Optional<MessageEntry> entry;
        try {
            entry = session.fetch(number, headerOnly, octets);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every octet", e);
        }
        byte[] source = octets.toByteArray();
        return entry.map(known -> new FetchedMail(known, source, MailParser.parse(source)));
    }
}
