package dev.mailroom.spool;

import dev.mailroom.SmtpReply;

/**
 * A CDI event: a recipient's server has given up a mail that was sent, as a delivery report in the mailbox of {@code
 * mailroom.session.<name>.bounces} says. Told at least once, in the transaction in which the report is marked as done;
 * observers must therefore know a mail that they have heard of before, by its identifier and recipient.
 *
 * @param id the mail's identifier
 * @param caller who handed it in
 * @param messageId its Message-ID without angle brackets
 * @param recipient the mailbox as the mail was sent to it
 * @param reply what the report gives as the reason: a server's reply, or 550 and the report's own words
 * @param reference what the application has set with {@code Email.setReference}; empty = nothing
 */
public record MailBounced(
        MailIdentifier id, String caller, String messageId, String recipient, SmtpReply reply, String reference) {
}
