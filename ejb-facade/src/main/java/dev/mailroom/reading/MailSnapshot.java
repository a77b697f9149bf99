package dev.mailroom.reading;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SmtpException;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.receiving.ImapMailbox;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The mails that a folder had at one moment, the oldest first. Each is known by its identifier: mails that come, go or
 * are counted anew change nothing, and one that is gone is none. Thread-safe: each call is one turn of the session.
 */
public final class MailSnapshot {
    private final ReceivingSession session;
    private final String folder;
    private final List<MessageEntry> entries;

    private MailSnapshot(ReceivingSession session, String folder, List<MessageEntry> entries) {
        this.session = session;
        this.folder = folder;
        this.entries = entries;
    }

    /** Those of the open folder that are wanted; deleted ones are left out. */
    public static MailSnapshot of(ReceivingSession session, Predicate<MessageEntry> wanted) throws SmtpException {
        synchronized (session) {
            session.count();
            return new MailSnapshot(session, folder(session), session.list().stream().filter(wanted).toList());
        }
    }

    private static String folder(ReceivingSession session) throws SmtpException {
        return session.settings().protocol() == MailProtocol.POP3 ? session.settings().folder()
                : session.imap(ImapMailbox::folder);
    }

    /** How many they were. */
    public int size() {
        return entries.size();
    }

    /** The headers of a range, by index; empty = the mail is gone. */
    public List<Optional<FetchedMail>> headers(int from, int to) throws SmtpException {
        synchronized (session) {
            requireFolder();
            Map<String, FetchedMail> came = new HashMap<>();
            List<MessageEntry> range = entries.subList(from, to);
            session.headers(range.stream().map(session::locate).filter(number -> number > 0).toList(),
                    (entry, header) -> came.put(key(entry),
                            new FetchedMail(entry, header, MailParser.parse(header))));
            return range.stream().map(entry -> Optional.ofNullable(came.get(key(entry)))).toList();
        }
    }

    private static String key(MessageEntry entry) {
        return entry.identifier().isEmpty() ? "#" + entry.number() : entry.identifier();
    }

    /** A whole mail of it; empty = it is gone. */
    public Optional<FetchedMail> whole(MessageEntry entry) throws SmtpException {
        synchronized (session) {
            requireFolder();
            int number = session.locate(entry);
            return number == 0 ? Optional.empty() : new MailReader(session, false).fetch(number);
        }
    }

    /**
     * The rest of a mail whose header was read.
     *
     * @throws IllegalStateException if it is gone, or the session cannot read any more
     */
    public FetchedMail rest(MessageEntry entry) {
        try {
            return whole(entry).orElseThrow(() -> new IllegalStateException("the rest of mail " + entry.number()
                    + " of \"" + session.name() + "\" cannot be read: it is gone, or was deleted"));
        } catch (SmtpException e) {
            throw new IllegalStateException("the rest of mail " + entry.number() + " of \"" + session.name()
                    + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireFolder() throws SmtpException {
        if (!session.usable()) {
            throw new IllegalStateException("the mails of \"" + session.name() + "\" can be read only while its session"
                    + " is open, and it was closed, has expired or has lost its connection; start it and list them"
                    + " again, or read them whole at once");
        }
        String open = folder(session);
        if (!open.equals(folder)) {
            throw new IllegalStateException("these mails are in the folder \"" + folder + "\" of \"" + session.name()
                    + "\", and \"" + open + "\" is open now; open it again");
        }
    }
}
