package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementRuleTest {
    private static final SmtpReply OK = SmtpReply.of(250, "2.0.0 ok");
    private static final SmtpReply LATER = SmtpReply.of(450, "4.2.0 later");
    private static final SmtpReply NEVER = SmtpReply.of(550, "5.1.1 never");
    private static final RetrySettings THREE =
            new RetrySettings(Duration.ofSeconds(10), Duration.ofSeconds(10), 3, Duration.ZERO, 9);

    private final SettlementRule resend = new SettlementRule(new RetrySchedule(THREE, () -> 1), InDoubt.RESEND, 9);
    private final SettlementRule hold = new SettlementRule(new RetrySchedule(THREE, () -> 1), InDoubt.HOLD, 9);

    private static SpooledMail mail(boolean partial, int attempts, String... to) {
        var envelope = new Envelope("s@x.org", List.of(to), partial, DeliveryNotification.NONE);
        return new SpooledMail(1, "app", "id@x.org", envelope, Spooling.CONTENT, attempts, 0, Duration.ZERO,
                "one-1");
    }

    private static Failure failure(Phase phase, Delivery delivery, SmtpReply reply, RefusedRecipient... refused) {
        return new Failure(phase, "it failed", delivery, false, reply, List.of(refused), "mx.example.org", 25);
    }

    @Test
    void aServerThatWantsALoginInTheMailTransactionParksTheQueueAndFailsNoMail() {
        SmtpReply login = SmtpReply.of(530, "5.7.0 Authentication required");
        Failure failure = failure(Phase.MAIL, Delivery.REJECTED, login);
        assertEquals(QueueEffect.PARK, resend.effect(failure));
        Settlement settled = resend.settle(mail(false, 1, "a@x.org"), failure);
        assertEquals(SpoolState.PENDING, settled.state());
        assertFalse(settled.attempted());
    }

    @Test
    void aRecipientThatWantsALoginFailsItsOwnMailOnly() {
        Failure failure = failure(Phase.RCPT, Delivery.REJECTED, SmtpReply.of(530, "5.7.0 Log in to relay"));
        assertEquals(QueueEffect.WORKS, resend.effect(failure));
        assertEquals(SpoolState.FAILED, resend.settle(mail(false, 1, "a@x.org"), failure).state());
    }

    @Test
    void whoHadTheMailBeforeTheRestFellInDoubtDoesNotGetItAgain() {
        SpooledMail mail = mail(true, 1, "a@x.org", "b@x.org", "c@x.org");
        Failure failure = new Failure(Phase.FINAL_DOT, "cut", Delivery.IN_DOUBT, false, SmtpReply.NONE,
                List.of(new RefusedRecipient("b@x.org", NEVER)), "mx.example.org", 25, false, FailureScope.MAIL,
                List.of("a@x.org"));
        Settlement held = hold.settle(mail, failure);
        assertEquals(SpoolState.IN_DOUBT, held.state());
        Settlement again = resend.settle(mail, failure);
        assertEquals(SpoolState.PENDING, again.state());
        assertTrue(again.inDoubt(), "it counts");
        for (Settlement settled : List.of(held, again)) {
            assertEquals(List.of("c@x.org"), settled.remaining());
            assertEquals(List.of(new RecipientOutcome("b@x.org", SpoolState.FAILED, NEVER),
                    new RecipientOutcome("a@x.org", SpoolState.SENT, SmtpReply.NONE)), settled.known());
        }
    }

    @Test
    void anAcceptedMailIsSent() {
        Settlement settled = resend.settle(mail(false, 1, "a@x.org"), new Receipt(OK, List.of()));
        assertEquals(SpoolState.SENT, settled.state());
        assertEquals(OK, settled.reply());
        assertEquals("", settled.error());
    }

    @Test
    void aTransientRefusalIsTriedAgainAndAPermanentOneIsNot() {
        assertEquals(SpoolState.PENDING, resend.settle(mail(false, 1, "a@x.org"),
                failure(Phase.DATA, Delivery.REJECTED, LATER)).state());
        assertEquals(SpoolState.FAILED, resend.settle(mail(false, 1, "a@x.org"),
                failure(Phase.DATA, Delivery.REJECTED, NEVER)).state());
        assertEquals(SpoolState.FAILED, resend.settle(mail(false, 3, "a@x.org"),
                failure(Phase.DATA, Delivery.REJECTED, LATER)).state(), "the third attempt was the last");
    }

    @Test
    void aLostConnectionBeforeTheFinalDotIsTriedAgain() {
        Settlement settled = resend.settle(mail(false, 1, "a@x.org"),
                failure(Phase.DATA, Delivery.NOT_SENT, SmtpReply.NONE));
        assertEquals(SpoolState.PENDING, settled.state());
        assertEquals(Duration.ofSeconds(10), settled.delay());
        assertTrue(settled.attempted());
    }

    private static Failure lasting(Phase phase) {
        return new Failure(phase, "it failed", Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(), "mx.example.org",
                25, true);
    }

    @Test
    void whatConcernsTheConnectionFailsNoMailHoweverLongItLasts() {
        SmtpReply banned = SmtpReply.of(554, "5.7.1 you are on our list");
        for (Failure failure : List.of(lasting(Phase.RESOLVE), lasting(Phase.CONNECT), lasting(Phase.TLS),
                failure(Phase.GREETING, Delivery.NOT_SENT, banned), failure(Phase.EHLO, Delivery.NOT_SENT, banned))) {
            assertEquals(QueueEffect.UNUSABLE, resend.effect(failure));
            Settlement settled = resend.settle(mail(false, 3, "a@x.org"), failure);
            assertEquals(SpoolState.PENDING, settled.state());
            assertFalse(settled.attempted());
            assertEquals("it failed", settled.error());
        }
    }

    @Test
    void whatWasNotSaidToAMailUsesUpNoneOfItsAttempts() {
        SmtpReply busy = SmtpReply.of(421, "4.3.2 busy");
        for (Failure failure : List.of(failure(Phase.RESOLVE, Delivery.NOT_SENT, SmtpReply.NONE),
                failure(Phase.CONNECT, Delivery.NOT_SENT, SmtpReply.NONE),
                failure(Phase.GREETING, Delivery.NOT_SENT, busy), failure(Phase.EHLO, Delivery.NOT_SENT, busy),
                failure(Phase.TLS, Delivery.NOT_SENT, SmtpReply.NONE),
                failure(Phase.TOKEN, Delivery.NOT_SENT, SmtpReply.NONE),
                failure(Phase.AUTH, Delivery.NOT_SENT, busy))) {
            assertEquals(QueueEffect.DELAY, resend.effect(failure), "its queue waits");
            Settlement settled = resend.settle(mail(false, 3, "a@x.org"), failure);
            assertEquals(SpoolState.PENDING, settled.state());
            assertFalse(settled.attempted());
            assertEquals("it failed", settled.error());
        }
        assertEquals(SpoolState.FAILED, resend.settle(mail(false, 3, "a@x.org"),
                failure(Phase.MAIL, Delivery.NOT_SENT, busy)).state(), "that was the answer to this mail");
    }

    @Test
    void aHandshakeThatWasCutIsTriedAgainSoon() {
        Failure cut = failure(Phase.TLS, Delivery.NOT_SENT, SmtpReply.NONE);
        assertEquals(SpoolState.PENDING, resend.settle(mail(false, 1, "a@x.org"), cut).state());
        assertEquals(QueueEffect.DELAY, resend.effect(cut));
    }

    @Test
    void onlyALoginThatCannotSucceedParksTheQueue() {
        assertEquals(QueueEffect.PARK, resend.effect(lasting(Phase.AUTH)), "no usable mechanism");
        assertEquals(QueueEffect.PARK, resend.effect(lasting(Phase.TOKEN)), "the refresh token was taken back");
        Failure lost = failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.NONE);
        assertEquals(QueueEffect.DELAY, resend.effect(lost));
        Settlement settled = resend.settle(mail(false, 3, "a@x.org"), lost);
        assertEquals(SpoolState.PENDING, settled.state());
        assertFalse(settled.attempted());
    }

    @Test
    void aMailInDoubtIsSentAgainOrHeldAsThePolicySays() {
        Failure doubt = failure(Phase.FINAL_DOT, Delivery.IN_DOUBT, SmtpReply.NONE);
        assertEquals(SpoolState.PENDING, resend.settle(mail(false, 1, "a@x.org"), doubt).state());
        assertEquals(SpoolState.IN_DOUBT, hold.settle(mail(false, 1, "a@x.org"), doubt).state());
        assertEquals(SpoolState.IN_DOUBT, resend.settle(mail(false, 3, "a@x.org"), doubt).state(),
                "given up, but nobody can say that it was not delivered");
    }

    @Test
    void aMailThatWasInDoubtOnceIsSoWhenItIsGivenUpAndFailedWhenItIsRefused() {
        var doubted = new SpooledMail(1, "app", "id@x.org", mail(false, 1, "a@x.org").envelope(), Spooling.CONTENT, 3,
                1, Duration.ZERO, "one-1");
        assertEquals(SpoolState.IN_DOUBT, resend.settle(doubted, failure(Phase.RCPT, Delivery.NOT_SENT,
                SmtpReply.of(451, "4.3.0 later"))).state());
        assertEquals(SpoolState.FAILED, resend.settle(doubted, failure(Phase.RCPT, Delivery.NOT_SENT,
                SmtpReply.of(550, "5.1.1 gone"))).state());
    }

    @Test
    void aRefusedLoginParksTheQueueAndCostsNoMailAnAttempt() {
        Failure refused = failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.of(535, "5.7.8 no"));
        Settlement settled = resend.settle(mail(false, 3, "a@x.org"), refused);
        assertEquals(QueueEffect.PARK, resend.effect(refused));
        assertEquals(SpoolState.PENDING, settled.state());
        assertFalse(settled.attempted());
        assertEquals(QueueEffect.DELAY, resend.effect(
                failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.of(454, "4.7.0 later"))));
    }

    @Test
    void whatTheServerSaysOfOneMailDoesNotDelayTheOthers() {
        assertEquals(QueueEffect.WORKS, resend.effect(failure(Phase.RCPT, Delivery.REJECTED, NEVER)));
        assertEquals(QueueEffect.WORKS, resend.effect(new Receipt(OK, List.of())));
        assertEquals(QueueEffect.DELAY, resend.effect(failure(Phase.CONNECT, Delivery.NOT_SENT, SmtpReply.NONE)));
        SmtpReply closing = SmtpReply.of(421, "4.3.2 closing");
        assertEquals(QueueEffect.DELAY, resend.effect(failure(Phase.MAIL, Delivery.NOT_SENT, closing)));
        assertEquals(QueueEffect.WORKS, resend.effect(failure(Phase.RCPT, Delivery.NOT_SENT, closing)));
        assertEquals(QueueEffect.BUSY, resend.effect(failure(Phase.LEASE, Delivery.NOT_SENT, SmtpReply.NONE)));
    }

    @Test
    void aMailInDoubtBecauseOfTheOneBeforeItDoesNotWait() {
        Settlement behind = resend.settle(mail(false, 1, "a@x.org"), new Failure(Phase.FINAL_DOT, "it failed",
                Delivery.IN_DOUBT, false, SmtpReply.NONE, List.of(), "mx.x.org", 25, false, FailureScope.CONNECTION));
        assertEquals(Duration.ZERO, behind.delay());
        assertTrue(behind.inDoubt());
    }

    @Test
    void allOrNobodyIsHopelessAsSoonAsOneRecipientIs() {
        Failure mixed = failure(Phase.RCPT, Delivery.REJECTED, LATER,
                new RefusedRecipient("a@x.org", LATER), new RefusedRecipient("b@x.org", NEVER));
        assertEquals(SpoolState.FAILED, resend.settle(mail(false, 1, "a@x.org", "b@x.org"), mixed).state());
        Settlement partial = resend.settle(mail(true, 1, "a@x.org", "b@x.org"), mixed);
        assertEquals(SpoolState.PENDING, partial.state());
        assertEquals(List.of("a@x.org"), partial.remaining());
        assertEquals(List.of(new RecipientOutcome("a@x.org", SpoolState.PENDING, LATER),
                new RecipientOutcome("b@x.org", SpoolState.FAILED, NEVER)), partial.known());
    }

    @Test
    void whoIsRefusedForTheTimeBeingIsKnownWhileTheMailGoesOnForAllOrNobody() {
        Settlement settled = resend.settle(mail(false, 1, "a@x.org", "b@x.org"), failure(Phase.RCPT, Delivery.REJECTED,
                LATER, new RefusedRecipient("b@x.org", LATER)));
        assertEquals(SpoolState.PENDING, settled.state());
        assertEquals(List.of(new RecipientOutcome("b@x.org", SpoolState.PENDING, LATER)), settled.known());
        assertEquals(List.of("a@x.org", "b@x.org"), settled.remaining());
    }

    @Test
    void aContentRefusedForGoodFailsAPartialMailWhateverWasSaidOfItsRecipients() {
        var refused = new RefusedRecipient("b@x.org", LATER);
        Settlement settled = resend.settle(mail(true, 1, "a@x.org", "b@x.org"),
                failure(Phase.FINAL_DOT, Delivery.REJECTED, NEVER, refused));
        assertEquals(SpoolState.FAILED, settled.state());
        assertEquals(List.of(RecipientOutcome.refused(refused)), settled.known());
        Settlement later = resend.settle(mail(true, 1, "a@x.org", "b@x.org"), failure(Phase.FINAL_DOT,
                Delivery.REJECTED, LATER, new RefusedRecipient("b@x.org", NEVER)));
        assertEquals(List.of("a@x.org"), later.remaining(), "b@ is not asked for again");
    }

    @Test
    void afterAPartialSendOnlyTheTransientlyRefusedAreTriedAgain() {
        Settlement settled = resend.settle(mail(true, 1, "a@x.org", "b@x.org", "c@x.org"), new Receipt(OK,
                List.of(new RefusedRecipient("b@x.org", NEVER), new RefusedRecipient("c@x.org", LATER))));
        assertEquals(SpoolState.PENDING, settled.state());
        assertEquals(List.of("c@x.org"), settled.remaining());
        Settlement last = resend.settle(mail(true, 3, "a@x.org", "c@x.org"), new Receipt(OK,
                List.of(new RefusedRecipient("c@x.org", LATER))));
        assertEquals(SpoolState.SENT, last.state());
        assertEquals(List.of(new RecipientOutcome("c@x.org", SpoolState.FAILED, LATER)), last.known());
    }

    @Test
    void oneTooManyIsTriedAgainWhereOthersWereAccepted() {
        SmtpReply tooMany = SmtpReply.of(550, "5.5.3 Too many recipients");
        var refused = new RefusedRecipient("b@x.org", tooMany);
        Settlement rest = resend.settle(mail(true, 1, "a@x.org", "b@x.org"), new Receipt(OK, List.of(refused)));
        assertEquals(SpoolState.PENDING, rest.state());
        assertEquals(List.of("b@x.org"), rest.remaining());
        Settlement later = resend.settle(mail(true, 1, "a@x.org", "b@x.org"),
                failure(Phase.FINAL_DOT, Delivery.REJECTED, LATER, refused));
        assertEquals(List.of("a@x.org", "b@x.org"), later.remaining());
        Settlement nobody = resend.settle(mail(true, 1, "b@x.org"),
                failure(Phase.RCPT, Delivery.REJECTED, tooMany, refused));
        assertEquals(SpoolState.FAILED, nobody.state(), "none was accepted, so it is a refusal");
    }

    @Test
    void whatAWornOutConnectionRefusedGoesAgainAtOnceWhateverTheDigit() {
        Failure worn = new Failure(Phase.MAIL, "worn", Delivery.REJECTED, false,
                SmtpReply.of(550, "5.7.0 Too many messages on this connection"), List.of(), "mx.example.org", 25, false,
                FailureScope.CONNECTION);
        Settlement settled = resend.settle(mail(false, 3, "a@x.org"), worn);
        assertEquals(SpoolState.PENDING, settled.state());
        assertFalse(settled.attempted());
    }

    @Test
    void aMailWithoutAnybodyToServeIsNotTriedAgain() {
        var stranger = new RefusedRecipient("stranger@x.org", LATER);
        Settlement sent = resend.settle(mail(true, 1, "a@x.org", "b@x.org"), new Receipt(OK, List.of(stranger)));
        assertEquals(SpoolState.SENT, sent.state());
        Settlement failed = resend.settle(mail(true, 1, "a@x.org"), failure(Phase.DATA, Delivery.REJECTED, LATER,
                new RefusedRecipient("a@x.org", NEVER)));
        assertEquals(SpoolState.FAILED, failed.state());
    }
}
