package dev.mailroom.spool.jdbc;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Mails that were sent and came back. */
final class BouncedMails {
    /** Only who reads delivery reports needs it, and pays for it with each mail. */
    private static final String INDEX =
            "create index if not exists mailroom_mail_message_id on mailroom_mail (message_id)";
    /** An application may give several mails one Message-ID; more than that are not told apart. */
    private static final String SELECT = "select id, caller, message_id, envelope, reference from mailroom_mail"
            + " where message_id = ? order by id desc limit 100";

    private final SpoolDatabase database;

    BouncedMails(SpoolDatabase database) {
        this.database = database;
    }

    void prepare() throws SQLException {
        database.run(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(INDEX);
            }
        });
    }

    Optional<MailBounced> bounced(String messageId, Collection<String> mailboxes, SmtpReply reply)
            throws SQLException {
        return database.run(connection -> {
            try (var select = connection.prepareStatement(SELECT)) {
                select.setString(1, messageId);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        Optional<String> recipient = recipient(connection, rows, mailboxes);
                        if (recipient.isPresent()) {
                            return Optional.of(write(connection, rows, recipient.get(), reply));
                        }
                    }
                    return Optional.empty();
                }
            }
        });
    }

    /** The mailbox as the mail was sent to it: servers change the case of letters. */
    private static Optional<String> recipient(Connection connection, ResultSet mail, Collection<String> mailboxes)
            throws SQLException {
        List<String> all = new ArrayList<>(EnvelopeText.read(mail.getString("envelope")).forwardPaths());
        // Who got it while others are still tried is in the envelope no more.
        JdbcMailArchive.recipients(connection, mail.getLong("id")).stream()
                .map(RecipientOutcome::address).forEach(all::add);
        return all.stream().filter(one -> mailboxes.stream().anyMatch(one::equalsIgnoreCase)).findFirst();
    }

    private static MailBounced write(Connection connection, ResultSet mail, String recipient, SmtpReply reply)
            throws SQLException {
        long id = mail.getLong("id");
        try (var writing = new RecipientRows(connection)) {
            writing.add(id, new RecipientOutcome(recipient, SpoolState.FAILED, reply));
            writing.write();
        }
        return new MailBounced(new MailIdentifier(id), mail.getString("caller"), mail.getString("message_id"),
                recipient, reply, Optional.ofNullable(mail.getString("reference")).orElse(""));
    }
}
