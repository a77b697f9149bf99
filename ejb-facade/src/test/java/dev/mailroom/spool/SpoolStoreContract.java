package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do for the spool: one mail's life. */
abstract class SpoolStoreContract {
    static final SpoolQueue ANN = SpoolQueue.of("app", "ann");
    static final SmtpReply OK = SmtpReply.of(250, "2.0.0 queued as 4711");

    DataSource source;
    SpoolStore store;

    /** A database, perhaps used by an earlier test. */
    abstract DataSource dataSource() throws Exception;

    @BeforeEach
    void emptyStore() throws Exception {
        source = dataSource();
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            for (String table : List.of("schema", "queue", "mail", "content", "recipient")) {
                statement.execute("drop table if exists mailroom_" + table);
            }
        }
        store = store(Spooling.SETTINGS, "one");
        store.createSchema();
        store.openQueue(ANN, new byte[0]);
    }

    SpoolStore store(SpoolSettings settings, String owner) throws SQLException {
        return new JdbcSpoolStore(SpoolDatabase.local(source), settings, owner);
    }

    long insert(String to) throws Exception {
        return store.insert(Spooling.mail(ANN, to)).id().number();
    }

    SpoolState state(long id) throws SQLException {
        return store.status(id).orElseThrow().state();
    }

    static Settlement sent(SpooledMail mail) {
        return new Settlement(mail, SpoolState.SENT, Duration.ZERO, true, OK, "", List.of());
    }

    private static Settlement failed(SpooledMail mail) {
        return new Settlement(mail, SpoolState.FAILED, Duration.ZERO, true,
                SmtpReply.of(550, "5.1.1 no such user"), "refused", List.of());
    }

    private static byte[] bytes(MailData data) throws IOException {
        var out = new ByteArrayOutputStream();
        data.writeTo(out);
        return out.toByteArray();
    }

    @Test
    void anAcceptedMailIsPendingAndBelongsToItsOwner() throws Exception {
        MailStatus status = store.status(insert("a@example.org")).orElseThrow();
        assertEquals(SpoolState.PENDING, status.state());
        assertEquals("app", status.owner());
        assertEquals(ANN.key(), status.queue());
        assertEquals(List.of(new RecipientOutcome("a@example.org", SpoolState.PENDING, SmtpReply.NONE)),
                status.recipients());
    }

    @Test
    void aClaimedMailComesBackWithTheEnvelopeAndContentItWasGiven() throws Exception {
        var notification = new DeliveryNotification(
                Set.of(DeliveryNotification.Event.FAILURE, DeliveryNotification.Event.DELAY), false, "env,id+7");
        var envelope = new Envelope("", List.of("a@example.org", "\"odd, one\"@example.org", "\u00fc@example.org"),
                true, notification);
        byte[] content = "Subject: \u00e4\r\n\r\nbody".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.insert(new NewMail(ANN.key(), "app", "id@example.org", envelope, MailData.of(content), ""));
        SpooledMail claimed = store.claim(ANN.key(), 10).get(0);
        assertEquals(envelope, claimed.envelope());
        assertEquals(1, claimed.attempts());
        assertEquals(content.length, claimed.size());
        assertTrue(claimed.eightBit());
        org.junit.jupiter.api.Assertions.assertArrayEquals(content, bytes(store.content(claimed)));
    }

    @Test
    void aContentLargerThanAPartComesBackUnchanged() throws Exception {
        byte[] content = new byte[ContentTable.PART * 3 + 17];
        new Random(7).nextBytes(content);
        store.insert(new NewMail(ANN.key(), "app", "", Spooling.envelope("a@example.org"), MailData.of(content), ""));
        MailData stored = store.content(store.claim(ANN.key(), 1).get(0));
        assertEquals(content.length, stored.size());
        org.junit.jupiter.api.Assertions.assertArrayEquals(content, bytes(stored));
        org.junit.jupiter.api.Assertions.assertArrayEquals(content, bytes(stored), "and a second time");
    }

    @Test
    void mailsAreClaimedInTheOrderOfTheirAcceptanceAndOnlyOnce() throws Exception {
        long first = insert("a@example.org");
        long second = insert("b@example.org");
        long third = insert("c@example.org");
        assertEquals(List.of(first, second), store.claim(ANN.key(), 2).stream().map(SpooledMail::id).toList());
        assertEquals(SpoolState.SENDING, state(first));
        assertEquals(List.of(third), store.claim(ANN.key(), 2).stream().map(SpooledMail::id).toList());
        assertTrue(store.claim(ANN.key(), 2).isEmpty());
    }

    @Test
    void aSentMailKeepsTheReplyButNoContent() throws Exception {
        long id = insert("a@example.org");
        SpooledMail mail = store.claim(ANN.key(), 1).get(0);
        assertEquals(1, store.settle(List.of(sent(mail))).size());
        MailStatus status = store.status(id).orElseThrow();
        assertEquals(SpoolState.SENT, status.state());
        assertEquals(OK, status.reply());
        assertFalse(store.waiting(ANN.key()));
        assertEquals(List.of(new RecipientOutcome("a@example.org", SpoolState.SENT, OK)), status.recipients());
        assertThrows(SQLException.class, () -> store.content(mail));
        assertEquals(new SpoolFill(0, 0), store.fill());
    }

    @Test
    void aPostponedMailIsNotDueBeforeItsTime() throws Exception {
        long id = insert("a@example.org");
        SpooledMail mail = store.claim(ANN.key(), 1).get(0);
        store.settle(List.of(new Settlement(mail, SpoolState.PENDING, Duration.ofHours(1), true,
                SmtpReply.of(451, "4.3.0 later"), "later", List.of())));
        MailStatus status = store.status(id).orElseThrow();
        assertEquals(SpoolState.PENDING, status.state());
        assertEquals(1, status.attempts());
        assertTrue(store.waiting(ANN.key()));
        assertEquals("later", status.error());
        assertTrue(status.next().isAfter(status.accepted().plusSeconds(3500)));
        assertTrue(store.claim(ANN.key(), 1).isEmpty());
        assertTrue(store.dueQueues().isEmpty());
    }

    @Test
    void anUntouchedMailIsDueAtOnceAndItsAttemptDoesNotCount() throws Exception {
        insert("a@example.org");
        store.settle(List.of(Settlement.untouched(store.claim(ANN.key(), 1).get(0))));
        assertEquals(1, store.claim(ANN.key(), 1).get(0).attempts());
    }

    @Test
    void onlyTheRecipientsThatAreStillToBeServedAreTriedAgain() throws Exception {
        var envelope = new Envelope("s@example.org", List.of("a@x.org", "b@x.org", "c@x.org"), true,
                DeliveryNotification.NONE);
        long id = store.insert(new NewMail(ANN.key(), "app", "", envelope, Spooling.CONTENT, "")).id().number();
        SpooledMail first = store.claim(ANN.key(), 1).get(0);
        SmtpReply gone = SmtpReply.of(550, "5.1.1 gone");
        store.settle(List.of(new Settlement(first, SpoolState.PENDING, Duration.ZERO, true,
                SmtpReply.of(450, "4.2.0 busy"), "busy", List.of(
                        new RecipientOutcome("a@x.org", SpoolState.SENT, OK),
                        new RecipientOutcome("b@x.org", SpoolState.FAILED, gone)))));
        SpooledMail second = store.claim(ANN.key(), 1).get(0);
        assertEquals(List.of("c@x.org"), second.envelope().forwardPaths());
        store.settle(List.of(sent(second)));
        assertEquals(Set.of(
                new RecipientOutcome("a@x.org", SpoolState.SENT, OK),
                new RecipientOutcome("b@x.org", SpoolState.FAILED, gone),
                new RecipientOutcome("c@x.org", SpoolState.SENT, OK)),
                Set.copyOf(store.status(id).orElseThrow().recipients()));
    }

    @Test
    void aFailedMailIsListedAndCanBeSentAgain() throws Exception {
        long id = insert("a@example.org");
        assertFalse(store.resend(id), "a pending mail needs no help");
        store.settle(List.of(failed(store.claim(ANN.key(), 1).get(0))));
        assertEquals(List.of(id), store.list(SpoolState.FAILED, 0, 10).stream().map(m -> m.id().number()).toList());
        assertTrue(store.list(SpoolState.FAILED, id, 10).isEmpty());
        assertTrue(store.resend(id));
        SpooledMail again = store.claim(ANN.key(), 1).get(0);
        assertEquals(1, again.attempts());
        assertEquals(Spooling.CONTENT.size(), bytes(store.content(again)).length);
    }

    @Test
    void sendingAgainServesThoseWhoHaveNotGotTheMailAndNobodyElse() throws Exception {
        var envelope = new Envelope("s@example.org", List.of("a@x.org", "b@x.org", "c@x.org"), true,
                DeliveryNotification.NONE);
        long id = store.insert(new NewMail(ANN.key(), "app", "", envelope, Spooling.CONTENT, "")).id().number();
        SmtpReply gone = SmtpReply.of(550, "5.1.1 gone");
        store.settle(List.of(new Settlement(store.claim(ANN.key(), 1).get(0), SpoolState.PENDING, Duration.ZERO, true,
                OK, "busy", List.of(new RecipientOutcome("a@x.org", SpoolState.SENT, OK),
                        new RecipientOutcome("b@x.org", SpoolState.FAILED, gone)))));
        store.settle(List.of(failed(store.claim(ANN.key(), 1).get(0))));
        assertTrue(store.resend(id));
        assertEquals(Set.of("b@x.org", "c@x.org"),
                Set.copyOf(store.claim(ANN.key(), 1).get(0).envelope().forwardPaths()));
    }

    @Test
    void aDeletedMailIsGoneButOneOnTheWireIsNotDeleted() throws Exception {
        long id = insert("a@example.org");
        SpooledMail mail = store.claim(ANN.key(), 1).get(0);
        assertFalse(store.delete(id));
        store.settle(List.of(failed(mail)));
        assertTrue(store.delete(id));
        assertTrue(store.status(id).isEmpty());
        assertFalse(store.delete(id));
    }

    @Test
    void theSameIdempotencyKeyOfTheSameOwnerIsAcceptedOnce() throws Exception {
        var mail = new NewMail(ANN.key(), "app", "1@x", Spooling.envelope("a@x.org"), Spooling.CONTENT, "invoice-7");
        var again = new NewMail(ANN.key(), "app", "2@x", Spooling.envelope("a@x.org"), Spooling.CONTENT, "invoice-7");
        var others = new NewMail(ANN.key(), "other", "", Spooling.envelope("a@x.org"), Spooling.CONTENT, "invoice-7");
        Accepted first = store.insert(mail);
        Accepted second = store.insert(again);
        assertEquals(first.id(), second.id());
        assertEquals("1@x", second.messageId());
        assertTrue(second.duplicate());
        assertFalse(store.insert(others).duplicate());
        assertEquals(2, store.fill().messages());
    }

    @Test
    void aFullSpoolRefusesWithTrueNumbersUntilThereIsRoom() throws Exception {
        SpoolStore small = store(Spooling.limited(2, 0), "one");
        small.insert(Spooling.mail(ANN, "a@x.org"));
        small.insert(Spooling.mail(ANN, "b@x.org"));
        var full = assertThrows(SpoolFullException.class, () -> small.insert(Spooling.mail(ANN, "c@x.org")));
        assertTrue(full.getMessage().startsWith("the spool is full (2 of 2)"), full.getMessage());
        small.settle(List.of(sent(small.claim(ANN.key(), 1).get(0))));
        small.insert(Spooling.mail(ANN, "c@x.org"));
        assertEquals(2, small.fill().messages());
    }

    @Test
    void theOctetsThatWaitAreLimitedToo() throws Exception {
        long size = Spooling.CONTENT.size();
        SpoolStore small = store(Spooling.limited(0, 2 * size), "one");
        small.insert(Spooling.mail(ANN, "a@x.org"));
        small.insert(Spooling.mail(ANN, "b@x.org"));
        var full = assertThrows(SpoolFullException.class, () -> small.insert(Spooling.mail(ANN, "c@x.org")));
        assertTrue(full.getMessage().startsWith("the spool is full (" + 2 * size + " of " + 2 * size),
                full.getMessage());
    }

    @Test
    void finishedMailsAreDeletedAfterTheirTimeAndFailedOnesKeptLonger() throws Exception {
        SpoolStore forgetful = store(Spooling.keeping(Duration.ofMillis(1), Duration.ofDays(1)), "one");
        long sent = insert("a@x.org");
        long failed = insert("b@x.org");
        List<SpooledMail> mails = forgetful.claim(ANN.key(), 2);
        forgetful.settle(List.of(sent(mails.get(0)), failed(mails.get(1))));
        Spooling.eventually(() -> {
            forgetful.deleteOld();
            return forgetful.status(sent).isEmpty();
        });
        assertEquals(SpoolState.FAILED, state(failed));
    }

    @Test
    void moreOldMailsThanAreDeletedAtATimeAreSaidToBeLeft() throws Exception {
        SpoolStore forgetful = store(Spooling.keeping(Duration.ofMillis(1), Duration.ofDays(1)), "one");
        for (int i = 0; i < 501; i++) {
            insert("a@x.org");
        }
        forgetful.settle(forgetful.claim(ANN.key(), 501).stream().map(SpoolStoreContract::sent).toList());
        Spooling.eventually(forgetful::deleteOld);
        Spooling.eventually(() -> !forgetful.deleteOld() && forgetful.list(SpoolState.SENT, 0, 1).isEmpty());
    }

    @Test
    void aMailThatNobodyCouldSendIsGivenUpAtItsMaximumAge() throws Exception {
        SpoolStore impatient = store(Spooling.patience(Duration.ofMillis(1)), "one");
        long id = impatient.insert(Spooling.mail(ANN, "a@x.org")).id().number();
        Settlement givenUp = givenUp(impatient).get(0);
        assertEquals(SpoolState.FAILED, state(id));
        assertEquals(id, givenUp.mail().id());
        assertEquals("app", givenUp.mail().owner());
        assertEquals(SpoolState.FAILED, givenUp.state());
        assertEquals("given up: too old, and never tried: its session was not open, or others were before it",
                givenUp.error());
        assertEquals(givenUp.error(), store.status(id).orElseThrow().error());
        assertEquals(List.of(), impatient.giveUpOld(), "told once");
    }

    @Test
    void aMailThatIsGivenUpSaysWhatHeldItUp() throws Exception {
        SpoolStore impatient = store(Spooling.patience(Duration.ofMillis(1)), "one");
        impatient.insert(Spooling.mail(ANN, "cut@x.org"));
        impatient.claim(ANN.key(), 1);
        impatient.takeOver(InDoubt.RESEND, true);
        assertEquals("given up: too old; its last attempt was cut off, so it may have been delivered",
                givenUp(impatient).get(0).error());
        store.parkQueue(ANN.key(), "535 no");
        impatient.insert(Spooling.mail(ANN, "parked@x.org"));
        assertEquals("given up: too old, and never tried: its session had to wait: 535 no",
                givenUp(impatient).get(0).error());
    }

    private static List<Settlement> givenUp(SpoolStore impatient) throws Exception {
        List<Settlement> givenUp = new ArrayList<>();
        Spooling.eventually(() -> givenUp.addAll(impatient.giveUpOld()));
        return givenUp;
    }

    @Test
    void aHeldMailInDoubtWaitsForAPerson() throws Exception {
        long id = insert("a@x.org");
        store.claim(ANN.key(), 1);
        assertEquals(0, store.takeOver(InDoubt.HOLD, false), "its lease has not expired");
        assertEquals(1, store.takeOver(InDoubt.HOLD, true));
        assertEquals(SpoolState.IN_DOUBT, state(id));
        assertTrue(store.claim(ANN.key(), 1).isEmpty());
        assertTrue(store.resend(id));
        assertEquals(1, store.claim(ANN.key(), 1).size());
    }
}
