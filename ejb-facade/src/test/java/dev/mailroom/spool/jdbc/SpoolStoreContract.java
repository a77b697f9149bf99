package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
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
            for (String table : List.of("schema", "queue", "mail", "content", "recipient", "outcome", "clock",
                    "mailbox", "delivery")) {
                statement.execute("drop table if exists mailroom_" + table);
            }
        }
        store = store(Spooling.SETTINGS, "one");
        store.queues().open(ANN, new byte[0]);
    }

    SpoolStore store(SpoolSettings settings, String owner) throws SQLException {
        return JdbcSpool.open(SpoolDatabase.local(source), settings, owner);
    }

    long insert(String to) throws Exception {
        return store.intake().accept(Spooling.mail(ANN, to)).id().number();
    }

    SpoolState state(long id) throws SQLException {
        return store.archive().status(id).orElseThrow().state();
    }

    static Settlement sent(SpooledMail mail) {
        return new Settlement(mail, SpoolState.SENT, Duration.ZERO, true, OK, "", List.of());
    }

    private static Settlement failed(SpooledMail mail) {
        return new Settlement(mail, SpoolState.FAILED, Duration.ZERO, true,
                SmtpReply.of(550, "5.1.1 no such user"), "refused", List.of());
    }

    private int contents() throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) as contents from mailroom_content")) {
            rows.next();
            return rows.getInt("contents");
        }
    }

    static byte[] bytes(MailData data) throws IOException {
        var out = new ByteArrayOutputStream();
        data.writeTo(out);
        return out.toByteArray();
    }

    private record Vanished(long size) implements MailData {
        @Override
        public boolean eightBit() {
            return false;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(new byte[(int) size / 2]);
            throw new NoSuchFileException("/srv/report.pdf", null, "the file is gone");
        }
    }

    @Test
    void aFileThatIsGoneIsTheCallersErrorAndLeavesNothing() throws Exception {
        assertLeavesNothing(store);
    }

    @Test
    void inACallersTransactionToo() throws Exception {
        // Each statement is committed at once: what is not taken back stays.
        assertLeavesNothing(JdbcSpool.open(new SpoolDatabase(source, Dialect.of(source), () -> true),
                Spooling.SETTINGS, "one"));
    }

    private void assertLeavesNothing(SpoolStore in) throws Exception {
        for (long size : List.of(1_000L, 1_000_000L)) {
            var mail = new NewMail(ANN, "app", "id@x.org", Spooling.envelope("a@x.org"), new Vanished(size), "");
            var error = assertThrows(IllegalArgumentException.class, () -> in.intake().accept(mail));
            assertTrue(error.getMessage().contains("/srv/report.pdf"), error.getMessage());
            assertEquals(List.of(), store.archive().list(SpoolState.PENDING, 0, 9));
            assertEquals(0, contents());
            assertEquals(new SpoolFill(0, 0), store.archive().fill());
        }
    }

    @Test
    void anAcceptedMailIsPendingAndBelongsToItsOwner() throws Exception {
        MailStatus status = store.archive().status(insert("a@example.org")).orElseThrow();
        assertEquals(SpoolState.PENDING, status.state());
        assertEquals("app", status.caller());
        assertEquals(ANN, status.queue());
        assertEquals(List.of(new RecipientOutcome("a@example.org", SpoolState.PENDING, SmtpReply.NONE)),
                status.recipients());
    }

    @Test
    void aClaimedMailComesBackWithTheEnvelopeAndContentItWasGiven() throws Exception {
        var notification = new DeliveryNotification(
                Set.of(DeliveryNotification.Event.FAILURE, DeliveryNotification.Event.DELAY), false, "env,id+7");
        var envelope = new Envelope("", List.of("a@example.org", "\"odd, one\"@example.org", "\u00fc@example.org"),
                true, notification, true);
        byte[] content = "Subject: \u00e4\r\n\r\nbody".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.intake().accept(new NewMail(ANN, "app", "id@example.org", envelope, MailData.of(content), ""));
        SpooledMail claimed = store.claims().claim(ANN, 10).get(0);
        assertEquals(envelope, claimed.envelope());
        assertEquals(1, claimed.attempts());
        assertEquals(content.length, claimed.data().size());
        assertTrue(claimed.data().eightBit());
        org.junit.jupiter.api.Assertions.assertArrayEquals(content, bytes(claimed.data()));
    }

    @Test
    void aContentLargerThanAPartComesBackUnchanged() throws Exception {
        byte[] content = new byte[ContentTable.PART * 3 + 17];
        new Random(7).nextBytes(content);
        store.intake().accept(new NewMail(ANN, "app", "", Spooling.envelope("a@example.org"), MailData.of(content),
                ""));
        MailData stored = store.claims().claim(ANN, 1).get(0).data();
        assertEquals(content.length, stored.size());
        org.junit.jupiter.api.Assertions.assertArrayEquals(content, bytes(stored));
        org.junit.jupiter.api.Assertions.assertArrayEquals(content, bytes(stored), "and a second time");
    }

    @Test
    void mailsAreClaimedInTheOrderOfTheirAcceptanceAndOnlyOnce() throws Exception {
        long first = insert("a@example.org");
        long second = insert("b@example.org");
        long third = insert("c@example.org");
        assertEquals(List.of(first, second), store.claims().claim(ANN, 2).stream().map(SpooledMail::id).toList());
        assertEquals(SpoolState.SENDING, state(first));
        assertEquals(List.of(third), store.claims().claim(ANN, 2).stream().map(SpooledMail::id).toList());
        assertTrue(store.claims().claim(ANN, 2).isEmpty());
    }

    @Test
    void aSentMailKeepsTheReplyButNoContent() throws Exception {
        long id = insert("a@example.org");
        SpooledMail mail = store.claims().claim(ANN, 1).get(0);
        assertEquals(1, store.claims().settle(List.of(sent(mail))).size());
        MailStatus status = store.archive().status(id).orElseThrow();
        assertEquals(SpoolState.SENT, status.state());
        assertEquals(OK, status.reply());
        assertFalse(store.queues().hasMails(ANN));
        assertEquals(List.of(new RecipientOutcome("a@example.org", SpoolState.SENT, OK)), status.recipients());
        assertEquals(0, contents());
        assertEquals(new SpoolFill(0, 0), store.archive().fill());
    }

    @Test
    void aPostponedMailIsNotDueBeforeItsTime() throws Exception {
        long id = insert("a@example.org");
        SpooledMail mail = store.claims().claim(ANN, 1).get(0);
        store.claims().settle(List.of(new Settlement(mail, SpoolState.PENDING, Duration.ofHours(1), true,
                SmtpReply.of(451, "4.3.0 later"), "later", List.of())));
        MailStatus status = store.archive().status(id).orElseThrow();
        assertEquals(SpoolState.PENDING, status.state());
        assertEquals(1, status.attempts());
        assertTrue(store.queues().hasMails(ANN));
        assertEquals("later", status.error());
        assertTrue(status.next().orElseThrow().isAfter(status.accepted().plusSeconds(3500)));
        assertTrue(store.claims().claim(ANN, 1).isEmpty());
        assertTrue(store.queues().due().isEmpty());
    }

    @Test
    void anUntouchedMailIsDueAtOnceAndItsAttemptDoesNotCount() throws Exception {
        insert("a@example.org");
        store.claims().settle(List.of(Settlement.untouched(store.claims().claim(ANN, 1).get(0))));
        assertEquals(1, store.claims().claim(ANN, 1).get(0).attempts());
    }

    @Test
    void onlyTheRecipientsThatAreStillToBeServedAreTriedAgain() throws Exception {
        var envelope = new Envelope("s@example.org", List.of("a@x.org", "b@x.org", "c@x.org"), true,
                DeliveryNotification.NONE);
        long id = store.intake().accept(new NewMail(ANN, "app", "", envelope, Spooling.CONTENT, "")).id().number();
        SpooledMail first = store.claims().claim(ANN, 1).get(0);
        SmtpReply gone = SmtpReply.of(550, "5.1.1 gone");
        store.claims().settle(List.of(new Settlement(first, SpoolState.PENDING, Duration.ZERO, true,
                SmtpReply.of(450, "4.2.0 busy"), "busy", List.of(
                        new RecipientOutcome("a@x.org", SpoolState.SENT, OK),
                        new RecipientOutcome("b@x.org", SpoolState.FAILED, gone)))));
        SpooledMail second = store.claims().claim(ANN, 1).get(0);
        assertEquals(List.of("c@x.org"), second.envelope().forwardPaths());
        store.claims().settle(List.of(sent(second)));
        assertEquals(Set.of(
                new RecipientOutcome("a@x.org", SpoolState.SENT, OK),
                new RecipientOutcome("b@x.org", SpoolState.FAILED, gone),
                new RecipientOutcome("c@x.org", SpoolState.SENT, OK)),
                Set.copyOf(store.archive().status(id).orElseThrow().recipients()));
    }

    @Test
    void aFailedMailIsListedAndCanBeSentAgain() throws Exception {
        long id = insert("a@example.org");
        assertFalse(store.archive().resend(id), "a pending mail needs no help");
        store.claims().settle(List.of(failed(store.claims().claim(ANN, 1).get(0))));
        assertEquals(List.of(id), store.archive().list(SpoolState.FAILED, 0, 10).stream().map(m -> m.id().number())
                .toList());
        assertTrue(store.archive().list(SpoolState.FAILED, id, 10).isEmpty());
        assertTrue(store.archive().resend(id));
        SpooledMail again = store.claims().claim(ANN, 1).get(0);
        assertEquals(1, again.attempts());
        assertEquals(Spooling.CONTENT.size(), bytes(again.data()).length);
    }

    @Test
    void sendingAgainServesThoseWhoHaveNotGotTheMailAndNobodyElse() throws Exception {
        var envelope = new Envelope("s@example.org", List.of("a@x.org", "b@x.org", "c@x.org"), true,
                DeliveryNotification.NONE);
        long id = store.intake().accept(new NewMail(ANN, "app", "", envelope, Spooling.CONTENT, "")).id().number();
        SmtpReply gone = SmtpReply.of(550, "5.1.1 gone");
        store.claims().settle(List.of(new Settlement(store.claims().claim(ANN, 1).get(0), SpoolState.PENDING,
                Duration.ZERO, true,
                OK, "busy", List.of(new RecipientOutcome("a@x.org", SpoolState.SENT, OK),
                        new RecipientOutcome("b@x.org", SpoolState.FAILED, gone)))));
        store.claims().settle(List.of(failed(store.claims().claim(ANN, 1).get(0))));
        assertTrue(store.archive().resend(id));
        assertEquals(Set.of("b@x.org", "c@x.org"),
                Set.copyOf(store.claims().claim(ANN, 1).get(0).envelope().forwardPaths()));
    }

    @Test
    void aDeletedMailIsGoneButOneOnTheWireIsNotDeleted() throws Exception {
        long id = insert("a@example.org");
        SpooledMail mail = store.claims().claim(ANN, 1).get(0);
        assertFalse(store.archive().delete(id));
        store.claims().settle(List.of(failed(mail)));
        assertTrue(store.archive().delete(id));
        assertTrue(store.archive().status(id).isEmpty());
        assertFalse(store.archive().delete(id));
    }

    @Test
    void theSameIdempotencyKeyOfTheSameOwnerIsAcceptedOnce() throws Exception {
        var mail = new NewMail(ANN, "app", "1@x", Spooling.envelope("a@x.org"), Spooling.CONTENT, "invoice-7");
        var again = new NewMail(ANN, "app", "2@x", Spooling.envelope("a@x.org"), Spooling.CONTENT, "invoice-7");
        var others = new NewMail(ANN, "other", "", Spooling.envelope("a@x.org"), Spooling.CONTENT, "invoice-7");
        AcceptedMail first = store.intake().accept(mail);
        AcceptedMail second = store.intake().accept(again);
        assertEquals(first.id(), second.id());
        assertEquals("1@x", second.messageId());
        assertTrue(second.duplicate());
        assertFalse(store.intake().accept(others).duplicate());
        assertEquals(2, store.archive().fill().messages());
    }

    @Test
    void aFullSpoolRefusesWithTrueNumbersUntilThereIsRoom() throws Exception {
        SpoolStore small = store(Spooling.limited(2, 0), "one");
        small.intake().accept(Spooling.mail(ANN, "a@x.org"));
        small.intake().accept(Spooling.mail(ANN, "b@x.org"));
        var full = assertThrows(SpoolFullException.class, () -> small.intake().accept(Spooling.mail(ANN, "c@x.org")));
        assertTrue(full.getMessage().startsWith("the spool is full (2 of 2)"), full.getMessage());
        small.claims().settle(List.of(sent(small.claims().claim(ANN, 1).get(0))));
        small.intake().accept(Spooling.mail(ANN, "c@x.org"));
        assertEquals(2, small.archive().fill().messages());
    }

    @Test
    void theOctetsThatWaitAreLimitedToo() throws Exception {
        long size = Spooling.CONTENT.size();
        SpoolStore small = store(Spooling.limited(0, 2 * size), "one");
        small.intake().accept(Spooling.mail(ANN, "a@x.org"));
        small.intake().accept(Spooling.mail(ANN, "b@x.org"));
        var full = assertThrows(SpoolFullException.class, () -> small.intake().accept(Spooling.mail(ANN, "c@x.org")));
        assertTrue(full.getMessage().startsWith("the spool is full (" + 2 * size + " of " + 2 * size),
                full.getMessage());
    }

    @Test
    void finishedMailsAreDeletedAfterTheirTimeAndFailedOnesKeptLonger() throws Exception {
        SpoolStore forgetful = store(Spooling.keeping(Duration.ofMillis(1), Duration.ofDays(1)), "one");
        long sent = insert("a@x.org");
        long failed = insert("b@x.org");
        List<SpooledMail> mails = forgetful.claims().claim(ANN, 2);
        forgetful.claims().settle(List.of(sent(mails.get(0)), failed(mails.get(1))));
        Spooling.eventually(() -> {
            forgetful.archive().deleteExpired();
            return forgetful.archive().status(sent).isEmpty();
        });
        assertEquals(SpoolState.FAILED, state(failed));
    }

    @Test
    void moreOldMailsThanAreDeletedAtATimeAreSaidToBeLeft() throws Exception {
        SpoolStore forgetful = store(Spooling.keeping(Duration.ofMillis(1), Duration.ofDays(1)), "one");
        for (int i = 0; i < 501; i++) {
            insert("a@x.org");
        }
        forgetful.claims().settle(forgetful.claims().claim(ANN, 501).stream().map(SpoolStoreContract::sent).toList());
        // Until the last of them is old: those that are would be deleted before, and be fewer than fit.
        long settled = System.nanoTime();
        Spooling.eventually(() -> System.nanoTime() - settled > Duration.ofMillis(100).toNanos());
        assertTrue(forgetful.archive().deleteExpired());
        Spooling.eventually(() -> !forgetful.archive().deleteExpired() && forgetful.archive().list(SpoolState.SENT, 0,
                1).isEmpty());
    }

    @Test
    void aMailThatNobodyCouldSendIsGivenUpAtItsMaximumAge() throws Exception {
        SpoolStore impatient = store(Spooling.patience(Duration.ofMillis(1)), "one");
        long id = impatient.intake().accept(Spooling.mail(ANN, "a@x.org")).id().number();
        Settlement givenUp = givenUp(impatient).get(0);
        assertEquals(SpoolState.FAILED, state(id));
        assertEquals(id, givenUp.mail().id());
        assertEquals("app", givenUp.mail().caller());
        assertEquals(SpoolState.FAILED, givenUp.state());
        assertEquals("given up: too old, and never tried: its session was not open, or others were before it",
                givenUp.error());
        assertEquals(givenUp.error(), store.archive().status(id).orElseThrow().error());
        assertEquals(List.of(), impatient.archive().giveUpExpired(), "told once");
    }

    @Test
    void aMailThatIsGivenUpSaysWhatHeldItUp() throws Exception {
        SpoolStore impatient = store(Spooling.patience(Duration.ofMillis(1)), "one");
        impatient.intake().accept(Spooling.mail(ANN, "cut@x.org"));
        impatient.claims().claim(ANN, 1);
        impatient.claims().takeOver(InDoubt.RESEND, true);
        Settlement cut = givenUp(impatient).get(0);
        assertEquals("given up: too old; its last attempt was cut off, so it may have been delivered", cut.error());
        assertEquals(SpoolState.IN_DOUBT, cut.state());
        store.queues().park(ANN, "535 no");
        impatient.intake().accept(Spooling.mail(ANN, "parked@x.org"));
        assertEquals("given up: too old, and never tried: its session had to wait: 535 no",
                givenUp(impatient).get(0).error());
    }

    static List<Settlement> givenUp(SpoolStore impatient) throws Exception {
        List<Settlement> givenUp = new ArrayList<>();
        Spooling.eventually(() -> givenUp.addAll(impatient.archive().giveUpExpired()));
        return givenUp;
    }

    @Test
    void aHeldMailInDoubtWaitsForAPerson() throws Exception {
        long id = insert("a@x.org");
        store.claims().claim(ANN, 1);
        assertEquals(0, store.claims().takeOver(InDoubt.HOLD, false), "its lease has not expired");
        assertEquals(1, store.claims().takeOver(InDoubt.HOLD, true));
        assertEquals(SpoolState.IN_DOUBT, state(id));
        assertTrue(store.claims().claim(ANN, 1).isEmpty());
        assertTrue(store.archive().resend(id));
        assertEquals(1, store.claims().claim(ANN, 1).size());
    }
}
