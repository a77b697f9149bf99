package dev.mailroom.bounces;

import java.util.List;

/**
 * What a delivery report says.
 *
 * @param messageId the Message-ID of the mail it speaks of, without angle brackets; empty = it is not said
 * @param envelopeId the ENVID that the mail was sent with (RFC 3461); empty = it is not said
 * @param recipients what became of each recipient it names; at least one
 */
public record DeliveryReport(String messageId, String envelopeId, List<RecipientReport> recipients) {
    /** Copies the list. */
    public DeliveryReport {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("recipients: a report speaks of at least one");
        }
    }
}
