package dev.mailroom.bounces;

/**
 * What a report says of one recipient.
 *
 * @param address the mailbox as the reporting server knew it (Final-Recipient); empty = it is not said
 * @param original the mailbox as the sender wrote it (Original-Recipient); empty = it is not said
 * @param action what was done
 * @param status the enhanced status code (RFC 3463) such as {@code 5.1.1}; empty = it is not said
 * @param diagnostic the reply of the server that refused, or what the report says in its place; on one line
 */
public record RecipientReport(
        String address, String original, DeliveryAction action, String status, String diagnostic) {
    /** Whether it speaks of that mailbox; the case of letters does not matter, since servers change it. */
    public boolean isOf(String mailbox) {
        return mailbox.equalsIgnoreCase(original) || mailbox.equalsIgnoreCase(address);
    }
}
