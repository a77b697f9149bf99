package dev.mailroom.spool.drain;

import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Senders that the server refused for the time being: their other mails wait with the one that was refused, so that
 * thousands of them cost one attempt. For one turn and thread.
 */
final class RefusedSenders {
    /** Whoever comes later is tried mail by mail. */
    private static final int MOST = 1_000;

    private final Map<String, Settlement> refusals = new HashMap<>();

    /** Hears what became of a mail. */
    void hear(Outcome outcome, Settlement settlement) {
        String sender = settlement.mail().envelope().reversePath();
        if (outcome instanceof Receipt) {
            refusals.remove(sender);
        } else if (outcome instanceof Failure failure
                && (failure.scope() == FailureScope.SENDER || FailureStreak.speaksOfServer(failure))
                && settlement.state() == SpoolState.PENDING && refusals.size() < MOST) {
            refusals.putIfAbsent(sender, settlement);
        }
    }

    /** How a mail waits without having been tried; empty = its sender was not refused. */
    Optional<Settlement> deferral(SpooledMail mail) {
        return Optional.ofNullable(refusals.get(mail.envelope().reversePath())).map(refusal -> new Settlement(
                mail, SpoolState.PENDING, refusal.delay(), false, refusal.reply(), refusal.error(), List.of()));
    }
}
