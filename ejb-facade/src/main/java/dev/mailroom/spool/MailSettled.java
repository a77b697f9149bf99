package dev.mailroom.spool;

import dev.mailroom.SmtpReply;

/**
 * A CDI event, fired asynchronously: a spooled mail was sent, or given up.
 *
 * @param id its identifier
 * @param owner the caller who sent it
 * @param messageId its Message-ID without angle brackets
 * @param state SENT, FAILED or IN_DOUBT
 * @param reply the server's reply that decided, or {@link SmtpReply#NONE}
 * @param error why it was not sent, or who did not get it; empty = everybody has it
 */
public record MailSettled(
        MailIdentifier id, String owner, String messageId, SpoolState state, SmtpReply reply, String error) {
}
