package dev.mailroom;

import java.util.List;

/**
 * The server accepted the mail: 250 after the end of the content.
 *
 * @param reply the accepting reply; servers put their queue identifier into its text
 * @param refused recipients the mail was not accepted for; empty unless the envelope allowed partial sending
 */
public record Receipt(SmtpReply reply, List<RefusedRecipient> refused) implements Outcome {
    /** Copies the list. */
    public Receipt {
        refused = List.copyOf(refused);
    }

    @Override
    public Delivery delivery() {
        return Delivery.SENT;
    }
}
