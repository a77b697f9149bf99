package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipientOutcomeTest {
    private static final SmtpReply OK = SmtpReply.of(250, "2.0.0 queued");
    private static final SmtpReply GONE = SmtpReply.of(550, "5.1.1 gone");
    private static final SmtpReply FULL = SmtpReply.of(452, "4.2.2 full");
    private static final SmtpReply SPAM = SmtpReply.of(554, "5.7.1 spam");

    private static List<RecipientOutcome> outcomes(Outcome outcome) {
        return RecipientOutcome.of(new Envelope("s@x.org", List.of("a@x.org", "b@x.org", "c@x.org"), true,
                DeliveryNotification.NONE), outcome);
    }

    private static Failure failure(Phase phase, Delivery delivery, SmtpReply reply, RefusedRecipient... refused) {
        return new Failure(phase, "it failed", delivery, true, reply, List.of(refused), "mx.example.org", 25);
    }

    private static RecipientOutcome outcome(String address, SpoolState state, SmtpReply reply) {
        return new RecipientOutcome(address, state, reply);
    }

    @Test
    void whomTheServerRefusedHasItsOwnReplyAndTheOthersWereNotSentBecauseOfThem() {
        assertEquals(List.of(
                new RecipientOutcome("a@x.org", SpoolState.FAILED, SmtpReply.NONE,
                        "accepted, then not sent because of b@x.org, c@x.org"),
                outcome("b@x.org", SpoolState.FAILED, GONE), outcome("c@x.org", SpoolState.FAILED, FULL)),
                outcomes(failure(Phase.RCPT, Delivery.REJECTED, GONE,
                        new RefusedRecipient("b@x.org", GONE), new RefusedRecipient("c@x.org", FULL))));
    }

    @Test
    void whoeverWasNotAskedForIsNotTried() {
        for (Phase phase : List.of(Phase.LEASE, Phase.CONNECT, Phase.AUTH, Phase.CHECK, Phase.MAIL)) {
            for (RecipientOutcome one : outcomes(failure(phase, Delivery.NOT_SENT, FULL))) {
                assertEquals(new RecipientOutcome(one.address(), SpoolState.FAILED, SmtpReply.NONE,
                        "not tried: the mail had failed before, " + phase.words()), one);
            }
        }
    }

    @Test
    void aContentThatIsRefusedIsRefusedToThoseOnlyWhoHadBeenAccepted() {
        assertEquals(List.of(outcome("a@x.org", SpoolState.FAILED, SPAM), outcome("b@x.org", SpoolState.FAILED, GONE),
                outcome("c@x.org", SpoolState.FAILED, SPAM)), outcomes(failure(Phase.FINAL_DOT, Delivery.REJECTED, SPAM,
                        new RefusedRecipient("b@x.org", GONE))));
    }

    @Test
    void inDoubtAreThoseWhoWereAccepted() {
        assertEquals(List.of(outcome("a@x.org", SpoolState.IN_DOUBT, SmtpReply.NONE),
                outcome("b@x.org", SpoolState.FAILED, GONE), outcome("c@x.org", SpoolState.IN_DOUBT, SmtpReply.NONE)),
                outcomes(failure(Phase.FINAL_DOT, Delivery.IN_DOUBT, SmtpReply.NONE,
                        new RefusedRecipient("b@x.org", GONE))));
    }

    @Test
    void whoHadTheMailBeforeTheRestFellInDoubtHasIt() {
        Failure failure = new Failure(Phase.FINAL_DOT, "cut", Delivery.IN_DOUBT, false, SmtpReply.NONE,
                List.of(new RefusedRecipient("b@x.org", GONE)), "mx", 25, false, FailureScope.MAIL, List.of("a@x.org"));
        assertEquals(List.of(outcome("a@x.org", SpoolState.SENT, SmtpReply.NONE),
                outcome("b@x.org", SpoolState.FAILED, GONE), outcome("c@x.org", SpoolState.IN_DOUBT, SmtpReply.NONE)),
                outcomes(failure));
    }

    @Test
    void aPartialSendReachesTheOthers() {
        assertEquals(List.of(outcome("a@x.org", SpoolState.SENT, OK), outcome("b@x.org", SpoolState.FAILED, GONE),
                outcome("c@x.org", SpoolState.SENT, OK)),
                outcomes(new Receipt(OK, List.of(new RefusedRecipient("b@x.org", GONE)))));
    }
}
