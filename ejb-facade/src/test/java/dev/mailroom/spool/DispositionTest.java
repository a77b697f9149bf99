package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.Disposition.QueueEffect;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispositionTest {
    private static final SmtpReply OK = SmtpReply.of(250, "2.0.0 ok");
    private static final SmtpReply LATER = SmtpReply.of(450, "4.2.0 later");
    private static final SmtpReply NEVER = SmtpReply.of(550, "5.1.1 never");
    private static final RetrySettings THREE =
            new RetrySettings(Duration.ofSeconds(10), Duration.ofSeconds(10), 3, Duration.ZERO);

    private final Disposition resend = new Disposition(new RetrySchedule(THREE, () -> 1), InDoubt.RESEND);
    private final Disposition hold = new Disposition(new RetrySchedule(THREE, () -> 1), InDoubt.HOLD);

    private static SpooledMail mail(boolean partial, int attempts, String... to) {
        var envelope = new Envelope("s@x.org", List.of(to), partial, DeliveryNotification.NONE);
        return new SpooledMail(1, "app", "id@x.org", envelope, 10, false, attempts, Duration.ZERO, "one-1");
    }

    private static Failure failure(Phase phase, Delivery delivery, SmtpReply reply, RefusedRecipient... refused) {
        return new Failure(phase, "it failed", delivery, false, reply, List.of(refused), "mx.example.org", 25);
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
    void badTlsIsHopelessAndAHandshakeThatWasCutIsNot() {
        assertEquals(SpoolState.FAILED, resend.settle(mail(false, 1, "a@x.org"), lasting(Phase.TLS)).state());
        Failure cut = failure(Phase.TLS, Delivery.NOT_SENT, SmtpReply.NONE);
        assertEquals(SpoolState.PENDING, resend.settle(mail(false, 1, "a@x.org"), cut).state());
        assertEquals(QueueEffect.DELAY, resend.effect(cut));
    }

    @Test
    void onlyALoginThatCannotSucceedParksTheQueue() {
        assertEquals(QueueEffect.PARK, resend.effect(lasting(Phase.AUTH)), "no usable mechanism");
        Failure lost = failure(Phase.AUTH, Delivery.NOT_SENT, SmtpReply.NONE);
        assertEquals(QueueEffect.DELAY, resend.effect(lost));
        Settlement settled = resend.settle(mail(false, 1, "a@x.org"), lost);
        assertEquals(SpoolState.PENDING, settled.state());
        assertTrue(settled.attempted());
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
        assertEquals(QueueEffect.DELAY, resend.effect(
                failure(Phase.RCPT, Delivery.NOT_SENT, SmtpReply.of(421, "4.3.2 closing"))));
        assertEquals(QueueEffect.BUSY, resend.effect(failure(Phase.LEASE, Delivery.NOT_SENT, SmtpReply.NONE)));
    }

    @Test
    void allOrNobodyIsHopelessAsSoonAsOneRecipientIs() {
        Failure mixed = failure(Phase.RCPT, Delivery.REJECTED, LATER,
                new RefusedRecipient("a@x.org", LATER), new RefusedRecipient("b@x.org", NEVER));
        assertEquals(SpoolState.FAILED, resend.settle(mail(false, 1, "a@x.org", "b@x.org"), mixed).state());
        Settlement partial = resend.settle(mail(true, 1, "a@x.org", "b@x.org"), mixed);
        assertEquals(SpoolState.PENDING, partial.state());
        assertEquals(List.of("a@x.org"), partial.remaining());
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
        assertEquals(List.of(new RecipientOutcome("c@x.org", SpoolState.FAILED, LATER)), last.decided());
    }
}
