package dev.mailroom.spool;

import dev.mailroom.SmtpReply;

/**
 * A CDI event: a spooled mail was sent, or given up. Told at least once: again and again, also after a restart, until
 * all observers have returned normally, {@code @Observes} within a transaction that is theirs and {@code
 * @ObservesAsync}. Observers must therefore know a mail that they have heard of before, by its identifier.
 *
 * @param id its identifier
 * @param caller who handed it in
 * @param messageId its Message-ID without angle brackets
 * @param state SENT, FAILED or IN_DOUBT
 * @param reply the server's reply that decided, or {@link SmtpReply#NONE}
 * @param error why it was not sent, or who did not get it; empty = everybody has it
 * @param reference what the application has set with {@code Email.setReference}; empty = nothing
 */
public record MailSettled(
        MailIdentifier id, String caller, String messageId, SpoolState state, SmtpReply reply, String error,
        String reference) {
}
