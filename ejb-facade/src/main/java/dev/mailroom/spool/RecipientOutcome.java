package dev.mailroom.spool;

import dev.mailroom.Delivery;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of one recipient.
 *
 * @param address the mailbox
 * @param state how its delivery stands
 * @param reply the server's last word about it, {@link SmtpReply#NONE} where it has said nothing of this recipient
 * @param reason why it got nothing although the server has not refused it; empty = there is no other reason
 */
public record RecipientOutcome(String address, SpoolState state, SmtpReply reply, String reason) {
    /** An outcome that the server's reply alone explains. */
    public RecipientOutcome(String address, SpoolState state, SmtpReply reply) {
        this(address, state, reply, "");
    }

    /** Refused with the server's reply. */
    public static RecipientOutcome refused(RefusedRecipient recipient) {
        return new RecipientOutcome(recipient.address(), SpoolState.FAILED, recipient.reply());
    }

    /** The server had accepted it, and then all or nobody was to get the mail. */
    public static RecipientOutcome because(Collection<String> others, String address, SpoolState state) {
        return new RecipientOutcome(address, state, SmtpReply.NONE,
                "accepted, then not sent because of " + String.join(", ", others));
    }

    /** The outcome of each recipient of an envelope after a send, in their order. */
    public static List<RecipientOutcome> of(Envelope envelope, Outcome outcome) {
        Map<String, RefusedRecipient> refused = outcome.refused().stream()
                .collect(Collectors.toMap(RefusedRecipient::address, Function.identity(), (one, same) -> one));
        return envelope.forwardPaths().stream()
                .map(path -> refused.containsKey(path) ? refused(refused.get(path)) : notRefused(path, outcome))
                .toList();
    }

    private static RecipientOutcome notRefused(String address, Outcome outcome) {
        if (!(outcome instanceof Failure failure)) {
            return new RecipientOutcome(address, SpoolState.SENT, outcome.reply());
        }
        if (failure.accepted().contains(address)) {
            return new RecipientOutcome(address, SpoolState.SENT, SmtpReply.NONE);
        }
        if (failure.phase().compareTo(Phase.RCPT) < 0) {
            return new RecipientOutcome(address, SpoolState.FAILED, SmtpReply.NONE,
                    "not tried: the mail had failed before, " + failure.phase().words());
        }
        if (failure.phase() == Phase.RCPT && !failure.refused().isEmpty()) {
            return because(failure.refused().stream().map(RefusedRecipient::address).toList(), address,
                    SpoolState.FAILED);
        }
        return new RecipientOutcome(address,
                failure.delivery() == Delivery.IN_DOUBT ? SpoolState.IN_DOUBT : SpoolState.FAILED, failure.reply());
    }
}
