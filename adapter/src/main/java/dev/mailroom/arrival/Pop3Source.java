package dev.mailroom.arrival;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A POP3 mailbox, which is in one hand at a time: it is left after each look. */
final class Pop3Source implements ArrivalSource {
    /** So many come again at most where QUIT is not confirmed. */
    private static final int MOST = 20;

    private final ReceivingConnection connection;
    private final NamedMailbox mailbox;

    Pop3Source(ReceivingConnection connection, NamedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    @Override
    public List<MessageEntry> waiting() throws SmtpException {
        List<MessageEntry> mails = connection.list();
        if (mails.stream().anyMatch(mail -> mail.identifier().isEmpty())) {
            var server = mailbox.settings().server();
            throw new SmtpException(new Failure(Phase.LIST, "the POP3 server " + server.host() + ":" + server.port()
                    + " gives mails no identifiers (UIDL), without which they cannot be told apart; use imap for"
                    + " mailbox " + mailbox.name(), Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(), server.host(),
                    server.port(), true));
        }
        return mails;
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public boolean read(MessageEntry mail, OutputStream to) throws SmtpException, IOException {
        return connection.content(mail.number(), to);
    }

    @Override
    public void done(MessageEntry mail) throws SmtpException {
        connection.delete(mail.number());
    }

    @Override
    public boolean settle() {
        return false;
    }

    @Override
    public boolean bury(MessageEntry mail) {
        return false;
    }

    @Override
    public boolean await(Duration longest) {
        return false;
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
