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
 */
public record Failure(
        Phase phase,
        String message,
        Delivery delivery,
        boolean reusable,
        SmtpReply reply,
        List<RefusedRecipient> refused,
        String host,
        int port) implements Outcome {

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

    /** Something failed before any mail was under way, without a reply: nothing sent, connection not reusable. */
    public static Failure before(Phase phase, String message, SmtpSettings settings) {
        return new Failure(phase, message, Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                settings.host(), settings.port());
    }

    /**
     * Whether trying again later, unchanged, may succeed: a 4yz reply, or no reply in a phase that depends on the
     * network. A refused login, failed TLS, a mail that does not fit what the server offers, and 5yz are permanent; a
     * mail in doubt is not answered here.
     */
    public boolean isTransient() {
        if (reply.isPresent()) {
            return reply.isTransient();
        }
        return phase != Phase.TLS && phase != Phase.AUTH && phase != Phase.CHECK;
    }
}
