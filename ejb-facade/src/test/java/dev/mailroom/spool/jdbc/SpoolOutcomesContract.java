package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.UntoldOutcome;
import dev.mailroom.spool.UntoldOutcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a mail is known by, and what the application is told of it. */
abstract class SpoolOutcomesContract extends SpoolSharingContract {
    private static final SmtpReply BUSY = SmtpReply.of(450, "4.2.1 busy");

    /** The store of an application that wants to be told. */
    private SpoolStore telling(SpoolSettings settings) throws Exception {
        return JdbcSpool.open(SpoolDatabase.local(source), settings, "one", true);
    }

    private static NewMail keyed(String to, String digest) {
        return new NewMail(ANN, "app", new MailLabels("id@x.org", "invoice-8", digest, "invoice 8"),
                Spooling.envelope(to), Spooling.CONTENT);
    }

    private long failed(NewMail mail) throws Exception {
        long id = store.intake().accept(mail).id().number();
        SpooledMail claimed = store.claims().claim(ANN, 9).get(0);
        var gone = SmtpReply.of(550, "5.1.1 gone");
        store.claims().settle(List.of(new Settlement(claimed, SpoolState.FAILED, Duration.ZERO, true, gone, "gone",
                List.of(new RecipientOutcome("b@x.org", SpoolState.FAILED, gone)))));
        return id;
    }

    @Test
    void whoHasAMailInDoubtForSureDoesNotGetItAgain() throws Exception {
        long id = store.intake().accept(Spooling.mail(ANN, "a@x.org", "b@x.org")).id().number();
        SpooledMail mail = store.claims().claim(ANN, 1).get(0);
        store.claims().settle(List.of(new Settlement(mail, SpoolState.IN_DOUBT, Duration.ZERO, true, SmtpReply.NONE,
                "cut", List.of(new RecipientOutcome("a@x.org", SpoolState.SENT, SmtpReply.NONE)))));
        assertTrue(store.archive().resend(id));
        assertEquals(List.of("b@x.org"), store.claims().claim(ANN, 1).get(0).envelope().forwardPaths());
    }

    @Test
    void aMailThatFailedLeavesItsIdempotencyKeyToTheNextOne() throws Exception {
        long first = failed(keyed("a@x.org", "one"));
        AcceptedMail second = store.intake().accept(keyed("b@x.org", "two"));
        assertEquals(Optional.empty(), second.duplicateOf());
        assertTrue(second.id().number() > first);
        assertEquals(Optional.of(SpoolState.PENDING), store.intake().accept(keyed("b@x.org", "two")).duplicateOf());
        assertTrue(store.archive().delete(second.id().number()));
        assertFalse(store.intake().accept(keyed("c@x.org", "three")).duplicate(), "a deleted one as well");
    }

    @Test
    void anotherContentUnderAnIdempotencyKeyIsRefusedWhateverBecameOfTheFirst() throws Exception {
        AcceptedMail first = store.intake().accept(keyed("a@x.org", "one"));
        for (SpoolState state : List.of(SpoolState.PENDING, SpoolState.SENDING, SpoolState.SENT)) {
            var other = assertThrows(IllegalArgumentException.class,
                    () -> store.intake().accept(keyed("a@x.org", "two")));
            assertTrue(other.getMessage().contains("\"invoice-8\"")
                    && other.getMessage().contains(first.id().toString()), other.getMessage());
            AcceptedMail again = store.intake().accept(keyed("a@x.org", "one"));
            assertEquals(List.of(first.id(), Optional.of(state)), List.of(again.id(), again.duplicateOf()));
            if (state == SpoolState.PENDING) {
                store.claims().claim(ANN, 9);
            } else if (state == SpoolState.SENDING) {
                store.claims().takeOver(InDoubt.RESEND, true);
                store.claims().settle(List.of(sent(store.claims().claim(ANN, 9).get(0))));
            }
        }
        assertEquals(0, store.archive().fill().messages());
    }

    @Test
    void anotherReferenceUnderAnIdempotencyKeyIsRefusedAndBothAreNamed() throws Exception {
        AcceptedMail first = store.intake().accept(keyed("a@x.org", "one"));
        for (String reference : List.of("invoice 9", "")) {
            var labels = new MailLabels("id@x.org", "invoice-8", "one", reference);
            var other = assertThrows(IllegalArgumentException.class, () -> store.intake().accept(
                    new NewMail(ANN, "app", labels, Spooling.envelope("a@x.org"), Spooling.CONTENT)));
            assertTrue(other.getMessage().contains("\"invoice-8\" is that of mail " + first.id())
                    && other.getMessage().contains("\"invoice 8\", not \"" + reference + "\""), other.getMessage());
        }
        assertTrue(store.intake().accept(keyed("a@x.org", "one")).duplicate());
    }

    @Test
    void anOutcomeIsRememberedWithItsMailUntilItIsAcknowledged() throws Exception {
        store = telling(Spooling.SETTINGS);
        long id = store.intake().accept(keyed("a@x.org", "")).id().number();
        assertEquals(Optional.empty(), store.outcomes().find(id));
        store.claims().settle(List.of(sent(store.claims().claim(ANN, 9).get(0))));
        assertEquals(List.of(), store.outcomes().claim(9, Duration.ofMinutes(1)), "this server is telling it");
        store.outcomes().takeOver();
        assertEquals(List.of(id), store.outcomes().claim(9, Duration.ofMinutes(1)));
        assertEquals(List.of(), store.outcomes().claim(9, Duration.ofMinutes(1)), "claimed");
        store.outcomes().postpone(id, Duration.ZERO, "no such invoice");
        UntoldOutcome untold = store.outcomes().list(0, 9).get(0);
        assertEquals(List.of(1, "no such invoice"), List.of(untold.failures(), untold.error()));
        assertEquals(List.of("app", "id@x.org", SpoolState.SENT, "invoice 8"), List.of(untold.outcome().caller(),
                untold.outcome().messageId(), untold.outcome().state(), untold.outcome().reference()));
        assertEquals(List.of(id), store.outcomes().claim(9, Duration.ofMinutes(1)));
        assertTrue(store.outcomes().acknowledge(id));
        assertFalse(store.outcomes().acknowledge(id));
        assertEquals(List.of(), store.outcomes().list(0, 9));
    }

    @Test
    void whatTheApplicationHasNotAcknowledgedIsCountedAndToldAtOnceOnRequest() throws Exception {
        store = telling(Spooling.SETTINGS);
        assertEquals(new UntoldOutcomes(0, 0, Optional.empty()), store.outcomes().count());
        long first = failed(keyed("a@x.org", ""));
        long second = store.intake().accept(Spooling.mail(ANN, "a@x.org")).id().number();
        store.claims().settle(List.of(sent(store.claims().claim(ANN, 9).get(0))));
        store.outcomes().postpone(second, Duration.ofHours(1), "no such invoice");
        Instant finished = store.archive().status(first).orElseThrow().settled().orElseThrow();
        assertEquals(new UntoldOutcomes(2, 1, Optional.of(finished)), store.outcomes().count());
        assertEquals(finished, store.outcomes().find(first).orElseThrow().since());
        assertEquals(List.of(), store.outcomes().claim(9, Duration.ofMinutes(1)), "not for an hour");
        assertTrue(store.outcomes().hurry(second));
        assertEquals(List.of(second), store.outcomes().claim(9, Duration.ofMinutes(1)));
        assertEquals(1, store.outcomes().find(second).orElseThrow().failures(), "its failures are not forgotten");
        assertTrue(store.outcomes().acknowledge(second));
        assertFalse(store.outcomes().hurry(second));
        assertEquals(new UntoldOutcomes(1, 0, Optional.of(finished)), store.outcomes().count());
    }

    @Test
    void whoWasAcceptedCarriesNobodyElsesRefusal() throws Exception {
        store = telling(Spooling.SETTINGS);
        long id = failed(new NewMail(ANN, "app", "", Spooling.envelope("a@x.org").withForwardPaths(
                List.of("a@x.org", "b@x.org")), Spooling.CONTENT, ""));
        assertEquals(List.of(
                new RecipientOutcome("a@x.org", SpoolState.FAILED, SmtpReply.NONE,
                        "accepted, then not sent because of b@x.org"),
                new RecipientOutcome("b@x.org", SpoolState.FAILED, SmtpReply.of(550, "5.1.1 gone"))),
                store.archive().status(id).orElseThrow().recipients());
        assertEquals(SpoolState.FAILED, store.outcomes().find(id).orElseThrow().outcome().state());
        assertTrue(store.archive().resend(id));
        assertEquals(Optional.empty(), store.outcomes().find(id), "another outcome follows");
    }

    private long acceptedForBoth(boolean partialSend) throws Exception {
        var envelope = new Envelope("s@x.org", List.of("a@x.org", "b@x.org"), partialSend, DeliveryNotification.NONE);
        return store.intake().accept(new NewMail(ANN, "app", "", envelope, Spooling.CONTENT, "")).id().number();
    }

    private void postponed(boolean attempted, SmtpReply reply, RecipientOutcome... known) throws Exception {
        store.claims().settle(List.of(new Settlement(store.claims().claim(ANN, 9).get(0), SpoolState.PENDING,
                Duration.ZERO, attempted, reply, "later", List.of(known))));
    }

    private List<RecipientOutcome> recipients(long id) throws Exception {
        return store.archive().status(id).orElseThrow().recipients();
    }

    private static RecipientOutcome refusedNow(String address) {
        return new RecipientOutcome(address, SpoolState.PENDING, BUSY);
    }

    @Test
    void aMailThatWaitsBecauseOfOneRecipientSaysWhoseReplyItIsUntilTheNextAttempt() throws Exception {
        long id = acceptedForBoth(false);
        postponed(true, BUSY, refusedNow("b@x.org"));
        List<RecipientOutcome> first = List.of(new RecipientOutcome("a@x.org", SpoolState.PENDING, SmtpReply.NONE,
                "accepted, then not sent because of b@x.org"), refusedNow("b@x.org"));
        assertEquals(first, recipients(id));
        postponed(false, SmtpReply.NONE);
        assertEquals(first, recipients(id), "nothing was attempted");
        assertEquals(List.of("a@x.org", "b@x.org"), store.claims().claim(ANN, 9).get(0).envelope().forwardPaths());
        assertEquals(List.of(SpoolState.SENDING, SpoolState.SENDING),
                recipients(id).stream().map(RecipientOutcome::state).toList());
        store.claims().takeOver(InDoubt.RESEND, true);
        postponed(true, BUSY, refusedNow("a@x.org"));
        assertEquals(List.of(refusedNow("a@x.org"), new RecipientOutcome("b@x.org", SpoolState.PENDING,
                SmtpReply.NONE, "accepted, then not sent because of a@x.org")), recipients(id));
        var noConnection = SmtpReply.of(421, "4.3.2 closing");
        postponed(true, noConnection);
        assertEquals(List.of(new RecipientOutcome("a@x.org", SpoolState.PENDING, noConnection),
                new RecipientOutcome("b@x.org", SpoolState.PENDING, noConnection)), recipients(id));
        postponed(true, BUSY, refusedNow("b@x.org"));
        store.claims().settle(List.of(sent(store.claims().claim(ANN, 9).get(0))));
        assertEquals(List.of(new RecipientOutcome("a@x.org", SpoolState.SENT, OK),
                new RecipientOutcome("b@x.org", SpoolState.SENT, OK)), recipients(id));
    }

    @Test
    void aMailThatIsGivenUpOfAgeKeepsTheLastRefusalsForThoseWhomTheyWereSaidOf() throws Exception {
        store = store(Spooling.patience(Duration.ofMillis(1)), "one");
        long id = acceptedForBoth(false);
        postponed(true, BUSY, refusedNow("b@x.org"));
        Spooling.eventually(() -> !store.archive().giveUpExpired().isEmpty());
        assertEquals(List.of(new RecipientOutcome("a@x.org", SpoolState.FAILED, SmtpReply.NONE,
                "accepted, then not sent because of b@x.org"),
                new RecipientOutcome("b@x.org", SpoolState.FAILED, BUSY)), recipients(id));
        store = store(Spooling.SETTINGS, "one");
        assertTrue(store.archive().resend(id));
        assertEquals(List.of(new RecipientOutcome("a@x.org", SpoolState.PENDING, SmtpReply.NONE),
                new RecipientOutcome("b@x.org", SpoolState.PENDING, SmtpReply.NONE)), recipients(id));
    }

    @Test
    void aMailThatMayHaveBeenDeliveredIsInDoubtWhenItIsGivenUpAndNotFailed() throws Exception {
        SpoolStore impatient = store(Spooling.patience(Duration.ofMillis(1)), "one");
        long id = impatient.intake().accept(Spooling.mail(ANN, "cut@x.org")).id().number();
        for (boolean inDoubt : List.of(true, false)) {
            impatient.claims().settle(List.of(new Settlement(impatient.claims().claim(ANN, 1).get(0),
                    SpoolState.PENDING, Duration.ZERO, true, SmtpReply.NONE, inDoubt ? "cut" : "busy", List.of(),
                    inDoubt)));
        }
        assertEquals(SpoolState.IN_DOUBT, givenUp(impatient).get(0).state());
        var status = store.archive().status(id).orElseThrow();
        assertEquals(SpoolState.IN_DOUBT, status.state());
        assertEquals("given up: too old; an attempt ended without an answer, so it may have been delivered: busy",
                status.error());
        assertTrue(store.archive().resend(id));
    }

    @Test
    void whatWasSaidBeforeAServerDiedIsNotSaidOfAMailInDoubt() throws Exception {
        long id = acceptedForBoth(false);
        postponed(true, BUSY, refusedNow("b@x.org"));
        store.claims().claim(ANN, 9);
        store.claims().takeOver(InDoubt.HOLD, true);
        assertEquals(List.of(SpoolState.IN_DOUBT, SpoolState.IN_DOUBT),
                recipients(id).stream().map(RecipientOutcome::state).toList());
    }

    @Test
    void ofAPartialMailNobodyIsLeftOutBecauseOfAnother() throws Exception {
        long id = acceptedForBoth(true);
        var gone = new RecipientOutcome("b@x.org", SpoolState.FAILED, SmtpReply.of(550, "5.1.1 gone"));
        postponed(true, BUSY, refusedNow("a@x.org"), gone);
        assertEquals(List.of(refusedNow("a@x.org"), gone), recipients(id));
        SpooledMail claimed = store.claims().claim(ANN, 9).get(0);
        assertEquals(List.of("a@x.org"), claimed.envelope().forwardPaths());
        var spam = SmtpReply.of(554, "5.7.1 spam");
        store.claims().settle(List.of(new Settlement(
                claimed, SpoolState.FAILED, Duration.ZERO, true, spam, "spam", List.of())));
        assertEquals(List.of(new RecipientOutcome("a@x.org", SpoolState.FAILED, spam), gone), recipients(id));
    }

    @Test
    void whatIsHeldInDoubtAfterACrashIsAnOutcomeToo() throws Exception {
        store = telling(Spooling.SETTINGS);
        long id = store.intake().accept(Spooling.mail(ANN, "a@x.org")).id().number();
        store.claims().claim(ANN, 9);
        store.claims().takeOver(InDoubt.HOLD, true);
        assertEquals(List.of(id), store.outcomes().claim(9, Duration.ofMinutes(1)));
        assertEquals(SpoolState.IN_DOUBT, store.outcomes().find(id).orElseThrow().outcome().state());
    }
}
