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
 * @param known what is known of single recipients: those whose outcome is final while the mail is not, or differs from
 *       the mail's; one that is PENDING has been refused for the time being
 * @param inDoubt whether nobody knows if the server took it at this attempt
 * @param incident names what put it in doubt; empty = nothing did
 */
public record Settlement(
        SpooledMail mail,
        SpoolState state,
        Duration delay,
        boolean attempted,
        SmtpReply reply,
        String error,
        List<RecipientOutcome> known,
        boolean inDoubt,
        String incident) {

    /** It is known what became of the attempt. */
    public Settlement(SpooledMail mail, SpoolState state, Duration delay, boolean attempted, SmtpReply reply,
            String error, List<RecipientOutcome> known) {
        this(mail, state, delay, attempted, reply, error, known, false);
    }

    /** Not known yet what put it in doubt, if anything did. */
    public Settlement(SpooledMail mail, SpoolState state, Duration delay, boolean attempted, SmtpReply reply,
            String error, List<RecipientOutcome> known, boolean inDoubt) {
        this(mail, state, delay, attempted, reply, error, known, inDoubt, "");
    }

    /** The same because of an incident. */
    public Settlement because(String what) {
        return new Settlement(mail, state, delay, attempted, reply, error, known, inDoubt, what);
    }

    /** Gives a mail back that was claimed and not tried. */
    public static Settlement untouched(SpooledMail mail) {
        return new Settlement(mail, SpoolState.PENDING, Duration.ZERO, false, SmtpReply.NONE, "", List.of());
    }

    /** The same of another claim of the mail. */
    public Settlement of(SpooledMail claimed) {
        return new Settlement(claimed, state, delay, attempted, reply, error, known, inDoubt, incident);
    }

    /** The same, or the mail's end where nobody remains to be served: there is nothing to send again then. */
    public Settlement endedIfNobodyRemains() {
        if (state != SpoolState.PENDING || !remaining().isEmpty()) {
            return this;
        }
        SpoolState decided = known.stream().anyMatch(one -> one.state() == SpoolState.SENT)
                ? SpoolState.SENT : SpoolState.FAILED;
        SpoolState end = inDoubt || mail.doubts() > 0 ? SpoolState.IN_DOUBT : decided;
        return new Settlement(mail, end, Duration.ZERO, attempted, reply, error, known, inDoubt, incident);
    }

    /** The recipients that are still to be served after this settlement. */
    public List<String> remaining() {
        var decided = known.stream().filter(one -> !one.state().open()).map(RecipientOutcome::address).toList();
        return mail.envelope().forwardPaths().stream().filter(path -> !decided.contains(path)).toList();
    }
}
