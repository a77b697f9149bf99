package dev.mailroom.spool;

import dev.mailroom.SmtpReply;
import java.util.List;

/**
 * A recipient whose server has given up a mail.
 *
 * @param mailboxes what it may be called; the case of letters does not matter
 * @param reply why
 */
public record BouncedRecipient(List<String> mailboxes, SmtpReply reply) {
    /** Copies the list. */
    public BouncedRecipient {
        mailboxes = List.copyOf(mailboxes);
    }

    /** Whether it is the one with that mailbox. */
    public boolean is(String mailbox) {
        return mailboxes.stream().anyMatch(mailbox::equalsIgnoreCase);
    }
}
