package dev.mailroom.spool;

import dev.mailroom.SmtpReply;
import java.time.Duration;
import java.util.List;

/**
 * What is to be written about a claimed mail.
 *
 * @param state anything but SENDING
 * @param delay when PENDING: how long until the next attempt
 * @param attempted false: nothing was tried, the attempt does not count
 * @param reply the server's reply that decided, or {@link SmtpReply#NONE}
 * @param error why it is not SENT, for a person; empty = nothing happened
 * @param decided the recipients whose fate is final while the mail goes on, or differs from the mail's
 */
record Settlement(
        SpooledMail mail,
        SpoolState state,
        Duration delay,
        boolean attempted,
        SmtpReply reply,
        String error,
        List<RecipientOutcome> decided) {

    /** Gives a mail back that was claimed and not tried. */
    static Settlement untouched(SpooledMail mail) {
        return new Settlement(mail, SpoolState.PENDING, Duration.ZERO, false, SmtpReply.NONE, "", List.of());
    }

    /** The same of another claim of the mail. */
    Settlement of(SpooledMail claimed) {
        return new Settlement(claimed, state, delay, attempted, reply, error, decided);
    }

    /** The recipients that are still to be served after this settlement. */
    List<String> remaining() {
        var addresses = decided.stream().map(RecipientOutcome::address).toList();
        return mail.envelope().forwardPaths().stream().filter(path -> !addresses.contains(path)).toList();
    }
}
