package dev.mailroom.spool;

import java.util.Optional;

/**
 * The spool has the mail, as soon as the transaction commits.
 *
 * @param id its identifier
 * @param messageId its Message-ID, without angle brackets
 * @param duplicateOf present: the idempotency key was known, all of this is about the first mail, and this is its state
 */
public record AcceptedMail(MailIdentifier id, String messageId, Optional<SpoolState> duplicateOf) {
    /** Whether nothing new was accepted. */
    public boolean duplicate() {
        return duplicateOf.isPresent();
    }
}
