package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.BouncedRecipient;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database must do for the spool: mails that come back after they were sent. */
abstract class SpoolBouncesContract extends SpoolSchedulesContract {
    private static final SmtpReply GONE = SmtpReply.of(550, "5.1.1 gone");

    private long accepted(String messageId, boolean partialSend, String... to) throws Exception {
        var envelope = new Envelope("s@x.org", List.of(to), partialSend, DeliveryNotification.NONE);
        return store.intake().accept(new NewMail(ANN, "app", messageId, envelope, Spooling.CONTENT, ""))
                .id().number();
    }

    private long delivered(String messageId, String... to) throws Exception {
        long id = accepted(messageId, false, to);
        store.claims().settle(List.of(sent(store.claims().claim(ANN, 1).get(0))));
        return id;
    }

    private static Settlement waitingForBob(SpooledMail mail) {
        return new Settlement(mail, SpoolState.PENDING, Duration.ZERO, true, SmtpReply.of(450, "4.2.1 busy"), "later",
                List.of(new RecipientOutcome("ann@x.org", SpoolState.SENT, OK)));
    }

    private Optional<MailBounced> bounced(String messageId, String... mailboxes) throws Exception {
        return bounced(messageId, ANN, mailboxes);
    }

    private Optional<MailBounced> bounced(String messageId, SpoolQueue queue, String... mailboxes) throws Exception {
        return store.archive().bounced(messageId, Set.of(queue),
                List.of(new BouncedRecipient(List.of(mailboxes), GONE))).stream().findFirst();
    }

    private List<RecipientOutcome> recipients(long id) throws Exception {
        return store.archive().status(id).orElseThrow().recipients();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoseServerSendsAMailBackHasFailedAndNobodyElse(boolean prepared) throws Exception {
        if (prepared) {
            store.archive().prepareBounces();
            store.archive().prepareBounces();
        }
        long id = delivered("one@x.org", "Ann@x.org", "bob@x.org");
        var bounce = new MailBounced(new MailIdentifier(id), "app", "one@x.org", "Ann@x.org", GONE, "");
        for (int times = 0; times < 2; times++) {
            assertEquals(Optional.of(bounce), bounced("one@x.org", "ann@X.org"));
            assertEquals(List.of(new RecipientOutcome("Ann@x.org", SpoolState.FAILED, GONE),
                    new RecipientOutcome("bob@x.org", SpoolState.SENT, OK)), recipients(id));
        }
        assertEquals(SpoolState.SENT, state(id), "it was sent");
    }

    @Test
    void aReportOfAStrangersMailOrRecipientChangesNothing() throws Exception {
        long id = delivered("one@x.org", "ann@x.org");
        assertEquals(Optional.empty(), bounced("another@x.org", "ann@x.org"));
        assertEquals(Optional.empty(), bounced("one@x.org", "eve@x.org"));
        assertEquals(Optional.empty(), bounced("one@x.org"));
        assertEquals(List.of(SpoolState.SENT), recipients(id).stream().map(RecipientOutcome::state).toList());
    }

    @Test
    void onlyMailsOfTheSessionsWhoseReportsComeAreMeant() throws Exception {
        long id = delivered("one@x.org", "ann@x.org");
        assertEquals(Optional.empty(), bounced("one@x.org", SpoolQueue.named("billing"), "ann@x.org"));
        assertEquals(SpoolState.SENT, recipients(id).get(0).state());
    }

    @Test
    void aMailThatWasNotSentCannotComeBack() throws Exception {
        long id = accepted("one@x.org", false, "ann@x.org", "bob@x.org");
        assertEquals(Optional.empty(), bounced("one@x.org", "ann@x.org"));
        store.claims().settle(List.of(sent(store.claims().claim(ANN, 1).get(0))));
        assertEquals(List.of(SpoolState.SENT, SpoolState.SENT),
                recipients(id).stream().map(RecipientOutcome::state).toList());
    }

    @Test
    void oneReportMayNameManyRecipientsOfTheMail() throws Exception {
        long id = delivered("one@x.org", "ann@x.org", "bob@x.org", "eve@x.org");
        List<MailBounced> bounces = store.archive().bounced("one@x.org", Set.of(ANN), List.of(
                new BouncedRecipient(List.of("bob@x.org"), GONE), new BouncedRecipient(List.of("zoe@x.org"), GONE),
                new BouncedRecipient(List.of("ann@x.org"), OK), new BouncedRecipient(List.of("ann@x.org"), GONE)));
        assertEquals(List.of("ann@x.org", "bob@x.org"), bounces.stream().map(MailBounced::recipient).toList());
        assertEquals(List.of(SpoolState.FAILED, SpoolState.FAILED, SpoolState.SENT),
                recipients(id).stream().map(RecipientOutcome::state).toList());
    }

    @Test
    void ofMailsWithOneMessageIdTheLastThatWentToTheRecipientIsMeant() throws Exception {
        long first = delivered("one@x.org", "ann@x.org");
        long second = delivered("one@x.org", "ann@x.org");
        long third = delivered("one@x.org", "bob@x.org");
        assertEquals(second, bounced("one@x.org", "ann@x.org").orElseThrow().id().number());
        assertEquals(List.of(SpoolState.SENT, SpoolState.FAILED, SpoolState.SENT), List.of(
                recipients(first).get(0).state(), recipients(second).get(0).state(), recipients(third).get(0).state()));
    }

    @Test
    void aMailMayComeBackFromOneWhileOthersAreStillTried() throws Exception {
        long id = accepted("one@x.org", true, "ann@x.org", "bob@x.org");
        store.claims().settle(List.of(waitingForBob(store.claims().claim(ANN, 1).get(0))));
        assertEquals("ann@x.org", bounced("one@x.org", "ann@x.org").orElseThrow().recipient());
        Spooling.eventually(() -> {
            var claimed = store.claims().claim(ANN, 1);
            return !claimed.isEmpty() && !store.claims().settle(List.of(sent(claimed.get(0)))).isEmpty();
        });
        MailStatus status = store.archive().status(id).orElseThrow();
        assertEquals(SpoolState.SENT, status.state());
        assertEquals(List.of(SpoolState.FAILED, SpoolState.SENT), status.recipients().stream()
                .sorted(Comparator.comparing(RecipientOutcome::address))
                .map(RecipientOutcome::state).toList());
    }
}
