package dev.mailroom;

import java.util.Locale;

/**
 * A forward-path that the server refused.
 *
 * @param address the mailbox as it was given in the envelope
 * @param reply the server's 4yz or 5yz reply to RCPT
 */
public record RefusedRecipient(String address, SmtpReply reply) {
    /**
     * Whether the server, which has accepted others, says that the mail transaction has enough recipients, and nothing
     * about this one: another transaction may take it. 452, and 552 to be read as 452 (RFC 5321, section 4.5.3.1.10),
     * unless an enhanced status code says that it is about something else, such as a full mailbox (4.2.2); and X.5.3 or
     * the words with whatever code (RFC 3463). Where it has accepted nobody, the reply's code counts.
     */
    public boolean isOneTooMany() {
        return reply.saysTooManyRecipients() || isLike452();
    }

    private boolean isLike452() {
        boolean unspecified = reply.enhancedStatus().isEmpty();
        return switch (reply.code()) {
            case 452 -> unspecified || reply.enhancedStatus().equals("4.5.3");
            case 552 -> reply.enhancedStatus().equals("5.5.3")
                    || unspecified && reply.text().toLowerCase(Locale.ROOT).contains("too many");
            default -> false;
        };
    }

    /** Whether trying this recipient again later may succeed, whatever became of others: after a 4yz or such a 552. */
    public boolean isTransient() {
        return reply.isTransient() || isLike452();
    }

    @Override
    public String toString() {
        return address + ": " + reply;
    }
}
