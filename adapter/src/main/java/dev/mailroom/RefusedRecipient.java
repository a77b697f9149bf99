package dev.mailroom;

/**
 * A forward-path that the server refused.
 *
 * @param address the mailbox as it was given in the envelope
 * @param reply the server's 4yz or 5yz reply to RCPT
 */
public record RefusedRecipient(String address, SmtpReply reply) {
    @Override
    public String toString() {
        return address + ": " + reply;
    }
}
