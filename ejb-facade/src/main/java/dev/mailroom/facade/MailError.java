package dev.mailroom.facade;

import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.spool.RecipientOutcome;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Why a mail function failed, as a value. Never holds a secret or mail content. */
public final class MailError {
    /** The kind of error, with the stable number that {@code errCode} returns. */
    public enum Code {
        /** An argument or a property of the Email was not usable; nothing was attempted. */
        BAD_ARGUMENT(1),
        /** The session was never started, is closed, or belongs to somebody else. */
        NO_SUCH_SESSION(2),
        /** The administrator's rules forbid it. */
        FORBIDDEN(3),
        /** The dialogue with the server failed; {@link MailError#failure} tells where. */
        SMTP(4),
        /** The pool had no connection to give. */
        NO_CONNECTION(5),
        /** The spool cannot take the mail. */
        SPOOL(6),
        /** A fault of Mailroom itself; the server's log has the details. */
        INTERNAL(7),
        /**
         * Nobody knows whether the spool took the mail: the answer to its commit was lost. The same mail under the same
         * idempotency key settles it.
         */
        SPOOL_IN_DOUBT(8);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        /** The number that {@code errCode} returns. */
        public int number() {
            return number;
        }
    }

    private final Code code;
    private final String message;
    private final Failure failure;
    private final List<RecipientOutcome> recipients;

    private MailError(Code code, String message, Failure failure, List<RecipientOutcome> recipients) {
        this.code = code;
        this.message = message;
        this.failure = failure;
        this.recipients = List.copyOf(recipients);
    }

    /** An error without a dialogue behind it. */
    public static MailError of(Code code, String message) {
        return new MailError(code, message, null, List.of());
    }

    /** An error that a dialogue ended with. */
    public static MailError of(Code code, Failure failure) {
        return new MailError(code, withRefused(failure), failure, List.of());
    }

    /** The same with something said before it. */
    MailError after(String words) {
        return new MailError(code, words + message, failure, recipients);
    }

    /** The same of a mail with that envelope: it tells what became of each recipient. */
    public MailError to(Envelope envelope) {
        return new MailError(code, message, failure,
                failure().map(outcome -> RecipientOutcome.of(envelope, outcome)).orElse(recipients));
    }

    private static String withRefused(Failure failure) {
        StringBuilder message = new StringBuilder(failure.message());
        for (RefusedRecipient refused : failure.refused()) {
            if (!failure.message().contains(refused.toString())) {
                message.append("; ").append(refused);
            }
        }
        return message.toString();
    }

    /** The kind. */
    public Code code() {
        return code;
    }

    /** One sentence for a person. */
    public String message() {
        return message;
    }

    /** What happened on the wire. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * What became of each recipient of the mail, in the order of its envelope: refused with its own reply, accepted and
     * then not sent because of another, not tried, in doubt. Empty where there was no dialogue for a mail.
     */
    public List<RecipientOutcome> recipients() {
        return recipients;
    }

    /** What {@code ErrorInfo} shows of it. */
    String info(ErrorInfoPart part) {
        return switch (part) {
            case ERR_MESSAGE -> message;
            case ERR_CODE -> String.valueOf(code.number());
            case ERR_FULL_DETAILS -> fullDetails();
        };
    }

    /** One fact on each line. */
    private String fullDetails() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("error: " + code);
        lines.add("message: " + message);
        failure().ifPresent(outcome -> add(outcome, lines));
        recipients.stream().filter(one -> !one.reason().isEmpty())
                .forEach(one -> lines.add("not sent: " + one.address() + ": " + one.reason()));
        return lines.toString();
    }

    private static void add(Failure failure, StringJoiner lines) {
        lines.add("phase: " + failure.phase());
        if (failure.reply().isPresent()) {
            lines.add("reply: " + failure.reply().code());
            if (!failure.reply().enhancedStatus().isEmpty()) {
                lines.add("enhanced status: " + failure.reply().enhancedStatus());
            }
            lines.add("text: " + failure.reply().text().replace('\n', ' '));
        }
        lines.add("host: " + failure.host());
        lines.add("port: " + failure.port());
        lines.add("delivery: " + failure.delivery());
        failure.refused().forEach(refused -> lines.add("refused: " + refused));
    }

    @Override
    public String toString() {
        return code + ": " + message;
    }
}
