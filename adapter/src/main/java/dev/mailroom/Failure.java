package dev.mailroom;

import java.util.List;
import java.util.Objects;

/**
 * Why something did not work, as a value. Three questions are answered separately: what became of the mail
 * ({@link #delivery}), whether the connection may carry another ({@link #reusable}), and who must wait before trying
 * again ({@link #scope}).
 *
 * @param phase where it happened
 * @param message one sentence for a person: what happened, with which value, what to do. Never a secret
 * @param delivery never {@link Delivery#SENT}
 * @param reusable whether the connection answered as RFC 5321 says and may carry another mail; not where the scope is
 *     {@link FailureScope#CONNECTION}
 * @param reply the server's reply, or {@link SmtpReply#NONE}
 * @param refused the recipients that the server had refused by then; empty where it did not get as far as answering
 *     for all of them. Where the phase is {@link Phase#RCPT} they are why the others, whom it had accepted, got nothing
 * @param host the server's name as configured
 * @param port the server's port
 * @param lasting whether the cause is known to be the same next time, whatever the reply says
 * @param scope whom it speaks of
 * @param accepted those for whom the server had accepted the mail before the others' part failed: a mail with more
 *     recipients than the server takes goes in several mail transactions; not to be sent to them again
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
        boolean lasting,
        FailureScope scope,
        List<String> accepted) implements Outcome {

    /** Checks every value. */
    public Failure {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(scope, "scope");
        if (delivery == Delivery.SENT) {
            throw new IllegalArgumentException("a failure cannot have been sent");
        }
        refused = List.copyOf(refused);
        accepted = List.copyOf(accepted);
    }

    /** A failure of the whole mail. */
    public Failure(Phase phase, String message, Delivery delivery, boolean reusable, SmtpReply reply,
            List<RefusedRecipient> refused, String host, int port, boolean lasting, FailureScope scope) {
        this(phase, message, delivery, reusable, reply, refused, host, port, lasting, scope, List.of());
    }

    /** A failure on a connection that had carried nothing before. */
    public Failure(Phase phase, String message, Delivery delivery, boolean reusable, SmtpReply reply,
            List<RefusedRecipient> refused, String host, int port, boolean lasting) {
        this(phase, message, delivery, reusable, reply, refused, host, port, lasting,
                FailureScope.of(phase, reply, 0));
    }

    /** As above; its cause may be gone next time, or the reply tells. */
    public Failure(Phase phase, String message, Delivery delivery, boolean reusable, SmtpReply reply,
            List<RefusedRecipient> refused, String host, int port) {
        this(phase, message, delivery, reusable, reply, refused, host, port, false);
    }

    /** The same in other words. */
    public Failure withMessage(String other) {
        return new Failure(phase, other, delivery, reusable, reply, refused, host, port, lasting, scope, accepted);
    }

    /** The same where the cause is known to be the same next time. */
    public Failure asLasting() {
        return new Failure(phase, message, delivery, reusable, reply, refused, host, port, true, scope, accepted);
    }

    /** Something failed before any mail was under way, without a reply: nothing sent, connection not reusable. */
    public static Failure before(Phase phase, String message, SmtpSettings settings) {
        return new Failure(phase, message, Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                settings.host(), settings.port());
    }

    /**
     * Whether trying again later, unchanged, may succeed: after a 4yz reply, where a connection could not be had, was
     * lost or silent, in whatever phase, and where it had merely carried enough. Permanent are all other replies and
     * what is {@link #lasting}: no STARTTLS offered, something injected behind it, a certificate that is not accepted,
     * a TLS alert, no usable mechanism to log in with, a mail that does not fit what the server offers, more recipients
     * than the server takes where all or nobody is to get the mail. Says nothing about a mail in doubt.
     */
    public boolean isTransient() {
        return !lasting && (!reply.isPresent() || reply.isTransient() || scope == FailureScope.CONNECTION);
    }
}
