package dev.mailroom;

import java.util.List;
import java.util.Objects;

/**
 * Why something did not work, as a value. Two questions are answered separately: what became of the mail
 * ({@link #delivery}) and whether the connection is in a known state ({@link #reusable}).
 *
 * @param phase where it happened
 * @param message one sentence for a person: what happened, with which value, what to do. Never a secret
 * @param delivery never {@link Delivery#SENT}
 * @param reusable whether the connection answered as RFC 5321 says and may carry another mail
 * @param reply the server's reply, or {@link SmtpReply#NONE}
 * @param refused the recipients refused by the server; empty unless the phase is {@link Phase#RCPT}
 * @param host the server's name as configured
 * @param port the server's port
 * @param lasting whether the cause is known to be the same next time; asked only where there is no reply, for a reply
 *     says so itself
 */
public record Failure(
        Phase phase,
        String message,
        Delivery delivery,
        boolean reusable,
        SmtpReply reply,
        List<RefusedRecipient> refused,
        String host,
        int port,
        boolean lasting) implements Outcome {

    /** Checks every value. */
    public Failure {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(reply, "reply");
        if (delivery == Delivery.SENT) {
            throw new IllegalArgumentException("a failure cannot have been sent");
        }
        refused = List.copyOf(refused);
    }

    /** A failure whose cause may be gone next time, or that the reply tells of. */
    public Failure(Phase phase, String message, Delivery delivery, boolean reusable, SmtpReply reply,
            List<RefusedRecipient> refused, String host, int port) {
        this(phase, message, delivery, reusable, reply, refused, host, port, false);
    }

    /** Something failed before any mail was under way, without a reply: nothing sent, connection not reusable. */
    public static Failure before(Phase phase, String message, SmtpSettings settings) {
        return new Failure(phase, message, Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                settings.host(), settings.port());
    }

    /**
     * Whether trying again later, unchanged, may succeed: after a 4yz reply, and where a connection could not be had,
     * was lost or silent, in whatever phase. Permanent are all other replies and, without a reply, what is
     * {@link #lasting}: no STARTTLS offered, something injected behind it, a certificate that is not accepted, a TLS
     * alert, no usable mechanism to log in with, a mail that does not fit what the server offers. Says nothing about
     * a mail in doubt.
     */
    public boolean isTransient() {
        return reply.isPresent() ? reply.isTransient() : !lasting;
    }
}
