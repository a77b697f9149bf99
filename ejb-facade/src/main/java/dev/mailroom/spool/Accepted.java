package dev.mailroom.spool;

/**
 * The spool has the mail, as soon as the transaction commits.
 *
 * @param id its identifier
 * @param duplicate true: the idempotency key was known, this is the identifier of the first mail
 */
public record Accepted(MailIdentifier id, boolean duplicate) {
}
