package dev.mailroom.arrival;

import dev.mailroom.SmtpException;
import dev.mailroom.receiving.ArrivalSettings.Done;
import dev.mailroom.receiving.ImapMailbox;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder of an IMAP mailbox, on one connection as long as that lasts. */
final class ImapSource implements ArrivalSource {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");
    private static final Set<String> SEEN = Set.of("\\Seen");
    /** Servers may end what is silent for half an hour (RFC 3501, section 5.4). */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(20);

    private final ReceivingConnection connection;
    private final NamedMailbox mailbox;

    ImapSource(ReceivingConnection connection, NamedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    @Override
    public List<MessageEntry> waiting() throws SmtpException {
        return connection.imap(imap -> imap.pending(mailbox.arrival().done() == Done.SEEN));
    }

    @Override
    public int most() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean read(MessageEntry mail, OutputStream to) throws SmtpException, IOException {
        Optional<byte[]> content = connection.imap(imap -> imap.peek(connection.locate(mail)));
        if (content.isPresent()) {
            to.write(content.get());
        }
        return content.isPresent();
    }

    @Override
    public void done(MessageEntry mail) throws SmtpException {
        int number = connection.locate(mail);
        switch (mailbox.arrival().done()) {
            case SEEN -> connection.imap(imap -> imap.flag(number, SEEN, true));
            case MOVE -> connection.imap(imap -> move(imap, number, mailbox.arrival().doneFolder()));
            case DELETE -> connection.delete(number);
            default -> throw new IllegalStateException(mailbox.arrival().done().toString());
        }
    }

    private static boolean move(ImapMailbox imap, int number, String folder) throws SmtpException {
        try {
            return imap.move(number, folder);
        } catch (SmtpException e) {
            if (!e.failure().reusable()) {
                throw e;
            }
            // Most probably the folder is not there yet; where it is another reason the second attempt says it.
            try {
                imap.create(folder);
            } catch (SmtpException there) {
                e.addSuppressed(there);
                throw e;
            }
            return imap.move(number, folder);
        }
    }

    @Override
    public boolean settle() throws SmtpException {
        return connection.deletions() == 0 || connection.imap(ImapMailbox::expunge);
    }

    @Override
    public boolean bury(MessageEntry mail) throws SmtpException {
        String folder = mailbox.arrival().deadLetterFolder();
        try {
            connection.imap(imap -> move(imap, connection.locate(mail), folder));
            return true;
        } catch (SmtpException e) {
            if (!e.failure().reusable()) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "MR0815 the folder \"" + folder + "\" for dead letters of mailbox "
                    + mailbox.name() + " takes no mail: " + e.getMessage());
            return false;
        }
    }

    @Override
    public boolean await(Duration longest) throws SmtpException {
        Duration time = longest.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : longest;
        return mailbox.arrival().idle() && connection.imap(imap -> imap.awaitNews(time));
    }

    @Override
    public void end() throws SmtpException {
        connection.close();
    }

    @Override
    public void abandon() {
        connection.abandon();
    }
}
