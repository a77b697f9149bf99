package dev.mailroom.spool;

import dev.mailroom.SmtpReply;

/**
 * What became of one recipient.
 *
 * @param address the mailbox
 * @param state how its delivery stands
 * @param reply the server's last word about it, {@link SmtpReply#NONE} before the first attempt
 */
public record RecipientOutcome(String address, SpoolState state, SmtpReply reply) {
}
