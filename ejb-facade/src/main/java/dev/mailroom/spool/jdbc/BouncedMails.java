package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.BouncedRecipient;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mails that were sent and came back. */
final class BouncedMails {
    /** Only who reads delivery reports needs it, and pays for it with each mail. */
    private static final String INDEX =
            "create index if not exists mailroom_mail_message_id on mailroom_mail (message_id)";
    /** An application may give several mails one Message-ID; more than that are not told apart. */
    private static final String SELECT = "select id, caller, queue_key, message_id, state, envelope, reference"
            + " from mailroom_mail where message_id = ? order by id desc limit 100";

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

    List<MailBounced> bounced(String messageId, Set<SpoolQueue> queues, List<BouncedRecipient> recipients)
            throws SQLException {
        return database.run(connection -> {
            List<MailBounced> bounces = new ArrayList<>();
            Set<BouncedRecipient> left = new LinkedHashSet<>(recipients);
            try (var select = connection.prepareStatement(SELECT); var writing = new RecipientRows(connection)) {
                select.setString(1, messageId);
                try (var rows = select.executeQuery()) {
                    while (rows.next() && !left.isEmpty()) {
                        if (queues.contains(SpoolQueue.ofKey(rows.getString("queue_key")))) {
                            bounces.addAll(of(connection, rows, left));
                        }
                    }
                }
                for (MailBounced bounce : bounces) {
                    writing.add(bounce.id().number(),
                            new RecipientOutcome(bounce.recipient(), SpoolState.FAILED, bounce.reply()));
                }
                writing.write();
            }
            return bounces;
        });
    }

    /** Those that the mail was sent to, which are taken out of {@code left}. */
    private static List<MailBounced> of(Connection connection, ResultSet mail, Set<BouncedRecipient> left)
            throws SQLException {
        List<MailBounced> bounces = new ArrayList<>();
        for (String mailbox : reached(connection, mail)) {
            Optional<BouncedRecipient> bounced = left.stream().filter(one -> one.is(mailbox)).findFirst();
            if (bounced.isPresent()) {
                left.removeIf(one -> one.is(mailbox));
                bounces.add(new MailBounced(new MailIdentifier(mail.getLong("id")), mail.getString("caller"),
                        mail.getString("message_id"), mailbox, bounced.get().reply(),
                        Optional.ofNullable(mail.getString("reference")).orElse("")));
            }
        }
        return bounces;
    }

    /** The recipients whom a server has accepted, or may have; nobody else's mail can come back. */
    private static Set<String> reached(Connection connection, ResultSet mail) throws SQLException {
        Set<String> reached = new LinkedHashSet<>();
        String state = mail.getString("state");
        if (state.equals("SENT") || state.equals("IN_DOUBT")) {
            reached.addAll(EnvelopeText.read(mail.getString("envelope")).forwardPaths());
        }
        // Who got it while others are still tried is in the envelope no more.
        for (RecipientOutcome known : JdbcMailArchive.recipients(connection, mail.getLong("id"))) {
            if (known.state() == SpoolState.SENT) {
                reached.add(known.address());
            }
        }
        return reached;
    }
}
