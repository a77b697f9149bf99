package dev.mailroom.spool;

/**
 * The spool has the mail, as soon as the transaction commits.
 *
 * @param id its identifier
 * @param messageId its Message-ID, without angle brackets
 * @param duplicate true: the idempotency key was known, both are those of the first mail
 */
public record Accepted(MailIdentifier id, String messageId, boolean duplicate) {
}
