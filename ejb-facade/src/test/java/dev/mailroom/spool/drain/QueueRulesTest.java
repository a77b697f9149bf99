package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.TemporarySpool;
import dev.mailroom.spool.drain.Drain.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who must wait for what, and how often a mail in doubt is sent; with a session that answers as told. */
class QueueRulesTest {
    private static final SpoolQueue ANN = SpoolQueue.of("app", "ann");

    @TempDir
    private Path directory;
    private TemporarySpool database;
    private SpoolStore store;
    private final AtomicLong nanos = new AtomicLong();
    private final List<Settlement> heard = new ArrayList<>();
    private final List<QueueEffect> blocked = new ArrayList<>();

    @BeforeEach
    void openStore() throws Exception {
        database = TemporarySpool.open(directory, ANN);
        store = database.store();
    }

    @AfterEach
    void closeStore() throws Exception {
        database.close();
    }

    private Drain drain(SpoolSettings settings) {
        var listener = new SpoolListener() {
            @Override
            public void settled(Settlement settlement) {
                heard.add(settlement);
            }

            @Override
            public void blocked(SpoolQueue queue, QueueEffect effect, Duration wait, String error) {
                blocked.add(effect);
            }
        };
        var clock = new LeaseClock(settings.drain().lease(), nanos::get);
        return new Drain(store, settings, new RetrySchedule(settings.retry(), () -> 1),
                new LeasedMails(store, clock, listener), clock, listener, Runnable::run);
    }

    private List<String> spool(int mails) throws Exception {
        List<String> addresses = IntStream.range(0, mails).mapToObj(n -> n + "@x.org").toList();
        for (String address : addresses) {
            store.intake().accept(Spooling.mail(ANN, address));
        }
        return addresses;
    }

    private Result turn(FakeSession session) throws Exception {
        return drain(Spooling.SETTINGS).turn(ANN, queue -> Optional.of(session), () -> false);
    }

    private static Failure failure(Phase phase, Delivery delivery, SmtpReply reply) {
        return new Failure(phase, "it failed", delivery, false, reply, List.of(), "mx.example.org", 25);
    }

    private static SpoolSettings impatient(InDoubt policy, int maxCopies) {
        var retry = new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(1), 0, Duration.ofDays(2), maxCopies);
        SpoolSettings usual = Spooling.settings(0, 0, retry, RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS);
        return new SpoolSettings("", usual.directory(), true, 0, 0, 100, 0, policy, retry, usual.retention(),
                usual.drain(), false, usual.cipher());
    }

    private SpoolState drained(Drain drain, FakeSession session) throws Exception {
        Spooling.eventually(() -> {
            drain.turn(ANN, queue -> Optional.of(session), () -> false);
            return store.archive().list(SpoolState.PENDING, 0, 9).isEmpty();
        });
        return heard.get(heard.size() - 1).state();
    }

    @Test
    void aMailInDoubtIsSentOnlySoOftenInAllAndThenHeld() throws Exception {
        spool(1);
        var copies = new AtomicLong();
        var doubtful = new FakeSession(1, mail -> {
            copies.incrementAndGet();
            return failure(Phase.FINAL_DOT, Delivery.IN_DOUBT, SmtpReply.NONE);
        });
        assertEquals(SpoolState.IN_DOUBT, drained(drain(impatient(InDoubt.RESEND, 3)), doubtful));
        assertEquals(3, copies.get(), "in all");
        store.archive().resend(store.archive().list(SpoolState.IN_DOUBT, 0, 1).get(0).id().number());
        assertEquals(SpoolState.IN_DOUBT, drained(drain(impatient(InDoubt.RESEND, 3)), doubtful));
        assertEquals(6, copies.get(), "a person's wish counts anew");
    }

    @Test
    void mailsInDoubtAreSentAgainOneAtATimeAfterAllOthers() throws Exception {
        spool(4);
        var asked = new AtomicLong();
        var flying = new AtomicLong();
        var session = new FakeSession(4, mail -> asked.incrementAndGet() <= 4 ? inDoubt(FailureScope.CONNECTION)
                : FakeSession.OK) {
            @Override
            void took(int inFlight) {
                flying.accumulateAndGet(inFlight, Math::max);
            }
        };
        Drain drain = drain(impatient(InDoubt.RESEND, 3));
        drain.turn(ANN, queue -> Optional.of(session), () -> asked.get() >= 4);
        Spooling.eventually(() -> store.archive().list(SpoolState.PENDING, 0, 9).stream()
                .allMatch(mail -> mail.attempts() == 1));
        store.intake().accept(Spooling.mail(ANN, "new@x.org"));
        flying.set(0);
        assertEquals(SpoolState.SENT, drained(drain, session));
        assertEquals("new@x.org", session.recipients.peek());
        assertEquals(1, flying.get());
    }

    @Test
    void whatOneCutHasPutInDoubtIsSentAgainInOneGo() throws Exception {
        spool(6);
        var asked = new AtomicLong();
        var session = new FakeSession(3, mail -> asked.incrementAndGet() % 3 == 1 ? inDoubt(FailureScope.MAIL)
                : inDoubt(FailureScope.CONNECTION));
        var once = new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(1), 1, Duration.ofDays(2), 3);
        drain(Spooling.settings(0, 0, once, RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS))
                .turn(ANN, queue -> Optional.of(session), () -> false);
        List<String> incidents = store.archive().list(SpoolState.IN_DOUBT, 0, 9).stream().map(MailStatus::incident)
                .toList();
        assertEquals(6, incidents.size());
        assertEquals(1, Set.copyOf(incidents.subList(0, 3)).size(), "cut together: " + incidents);
        assertEquals(1, Set.copyOf(incidents.subList(3, 6)).size(), "cut together: " + incidents);
        assertEquals(2, Set.copyOf(incidents).size());
        assertEquals(3, store.archive().ofIncident(incidents.get(0)).size());
    }

    private static Failure inDoubt(FailureScope scope) {
        return new Failure(Phase.FINAL_DOT, "cut", Delivery.IN_DOUBT, false, SmtpReply.NONE, List.of(), "mx", 25, false,
                scope);
    }

    @ParameterizedTest
    @CsvSource({"HOLD, 3", "RESEND, 1"})
    void whereMailsInDoubtAreHeldNoneTravelsWithAnother(InDoubt policy, int maxCopies) throws Exception {
        spool(6);
        var flying = new AtomicLong();
        var session = new FakeSession(4, mail -> FakeSession.OK) {
            @Override
            void took(int inFlight) {
                flying.accumulateAndGet(inFlight, Math::max);
            }
        };
        assertEquals(Result.EMPTY,
                drain(impatient(policy, maxCopies)).turn(ANN, queue -> Optional.of(session), () -> false));
        assertEquals(6, session.recipients.size());
        assertEquals(1, flying.get());
    }

    private static String recipient(Mail mail) {
        return mail.envelope().forwardPaths().get(0);
    }

    private void spoolFrom(String sender, String to) throws Exception {
        var envelope = new Envelope(sender, List.of(to), false, DeliveryNotification.NONE);
        store.intake().accept(new NewMail(ANN, "app", "id@x.org", envelope, Spooling.CONTENT, ""));
    }

    @Test
    void aRefusedSenderHoldsUpOnlyItsOwnMails() throws Exception {
        for (int mail = 0; mail < 8; mail++) {
            spoolFrom("a" + mail + "@bad.example", "bad@x.org");
        }
        List<String> good = spool(20);
        var session = new FakeSession(1, mail -> recipient(mail).startsWith("bad")
                ? failure(Phase.MAIL, Delivery.REJECTED, SmtpReply.of(450, "4.1.8 Domain not found")) : FakeSession.OK);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(good, List.copyOf(session.recipients));
        assertEquals(0, store.queues().find(ANN).orElseThrow().failures());
    }

    @Test
    void aRefusedSenderOfManyMailsCostsOneAttemptARound() throws Exception {
        for (int mail = 0; mail < 300; mail++) {
            spoolFrom("a@bad.example", "bad" + mail + "@x.org");
        }
        List<String> good = spool(20);
        var asked = new ArrayList<String>();
        var session = new FakeSession(1, mail -> {
            asked.add(recipient(mail));
            return recipient(mail).startsWith("bad") ? failure(Phase.MAIL, Delivery.REJECTED,
                    SmtpReply.of(450, "4.7.1 Too much mail from you")) : FakeSession.OK;
        });
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(good, List.copyOf(session.recipients));
        assertEquals(21, asked.size());
        List<MailStatus> waiting = store.archive().list(SpoolState.PENDING, 0, 400);
        assertEquals(300, waiting.size());
        assertEquals(1, waiting.stream().mapToInt(MailStatus::attempts).sum(), "the others were not tried");
        for (MailStatus one : waiting) {
            assertTrue(one.next().orElseThrow().isAfter(one.accepted().plusSeconds(20)), "it waits with the first");
            assertEquals("it failed", one.error());
        }
        assertEquals(0, store.queues().find(ANN).orElseThrow().failures());
    }

    @Test
    void aConnectionThatLastinglyFailsHoldsTheMailsUntilItIsMended() throws Exception {
        spool(3);
        var session = FakeSession.accepting();
        session.refuse(new Failure(Phase.CONNECT, "the proxy refused the login", Delivery.NOT_SENT, false,
                SmtpReply.NONE, List.of(), "mx.example.org", 25, true));
        assertEquals(Result.BLOCKED, turn(session));
        assertEquals(List.of(QueueEffect.UNUSABLE), blocked);
        List<MailStatus> waiting = store.archive().list(SpoolState.PENDING, 0, 9);
        assertEquals(List.of(0, 0, 0), waiting.stream().map(MailStatus::attempts).toList());
        assertEquals("the proxy refused the login", waiting.get(0).error());
        Duration delay = store.queues().find(ANN).orElseThrow().delay();
        assertTrue(delay.compareTo(Spooling.SETTINGS.retry().max().minusMinutes(1)) > 0, "was " + delay);
        session.recover();
        assertEquals(Result.BLOCKED, turn(session), "not yet");
        store.queues().open(ANN, new byte[0]);
        assertEquals(Result.EMPTY, turn(session), "started again");
        assertEquals(3, session.recipients.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 try later", "451 try later", "450 4.7.1 greylisted"})
    void eightRefusedSendersHoldUpNobodyElseWhateverTheReply(String reply) throws Exception {
        for (int mail = 0; mail < 8; mail++) {
            spoolFrom("a" + mail + "@bad.example", "bad@x.org");
        }
        List<String> good = spool(20);
        SmtpReply refusal = SmtpReply.of(Integer.parseInt(reply.substring(0, 3)), reply.substring(4));
        var session = new FakeSession(1, mail -> recipient(mail).startsWith("bad")
                ? failure(Phase.MAIL, Delivery.REJECTED, refusal) : FakeSession.OK);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(good, List.copyOf(session.recipients));
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.7.0 bye", "432 4.3.2 limit", "451 4.3.0 Temporary lookup failure", "452 no room",
        "452 4.5.3 Too many messages", "454 4.7.0 throttled"})
    void whatAServerSaysOfItselfToOneSenderHoldsUpNobodyElse(String reply) throws Exception {
        for (int mail = 0; mail < 4; mail++) {
            spoolFrom("a" + mail % 2 + "@bad.example", "bad@x.org");
        }
        List<String> good = spool(20);
        SmtpReply refusal = SmtpReply.of(Integer.parseInt(reply.substring(0, 3)), reply.substring(4));
        var session = new FakeSession(1, mail -> recipient(mail).startsWith("bad")
                ? failure(Phase.MAIL, Delivery.REJECTED, refusal) : FakeSession.OK);
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(good, List.copyOf(session.recipients));
        assertEquals(0, store.queues().find(ANN).orElseThrow().failures());
    }

    @Test
    void whatAServerSaysOfItselfToThreeSendersIsBelieved() throws Exception {
        for (int sender = 0; sender < 25; sender++) {
            spoolFrom("s" + sender + "@x.org", "to@x.org");
        }
        assertEquals(List.of("s0@x.org", "s1@x.org", "s2@x.org"), askedInVain());
        assertEquals(1, store.queues().find(ANN).orElseThrow().failures());
    }

    @Test
    void whatAServerSaysOfItselfIsBelievedWhereNobodyElseSends() throws Exception {
        for (int failure = 0; failure < 9; failure++) {
            store.queues().delay(ANN, Duration.ZERO, "it failed");
        }
        spool(300);
        assertEquals(List.of("sender@example.org"), askedInVain());
        Duration delay = store.queues().find(ANN).orElseThrow().delay();
        assertTrue(delay.compareTo(Spooling.SETTINGS.retry().initial()) <= 0, "the next sender is not kept: " + delay);
        long waitingWithIt = store.archive().list(SpoolState.PENDING, 0, 400).stream()
                .filter(mail -> mail.error().equals("it failed")).count();
        assertTrue(waitingWithIt < 200, "not all were looked at, but " + waitingWithIt);
    }

    private List<String> askedInVain() throws Exception {
        var asked = new ArrayList<String>();
        var session = new FakeSession(1, mail -> {
            asked.add(mail.envelope().reversePath());
            return failure(Phase.MAIL, Delivery.REJECTED, SmtpReply.of(451, "4.3.2 shutting down"));
        });
        assertEquals(Result.BLOCKED, turn(session));
        assertEquals(List.of(QueueEffect.DELAY), blocked);
        return asked;
    }

    @Test
    void whatMeetsDifferentSendersIsTheServersDoing() throws Exception {
        for (int sender = 0; sender < 25; sender++) {
            spoolFrom("s" + sender + "@x.org", "to@x.org");
        }
        var asked = new ArrayList<String>();
        var session = new FakeSession(1, mail -> {
            asked.add(mail.envelope().reversePath());
            return failure(Phase.MAIL, Delivery.REJECTED, SmtpReply.of(450, "try later"));
        });
        assertEquals(Result.BLOCKED, turn(session));
        assertEquals(IntStream.range(0, 20).mapToObj(sender -> "s" + sender + "@x.org").toList(), asked);
        assertEquals(1, store.queues().find(ANN).orElseThrow().failures());
    }

    @Test
    void whatTravelledBehindAMailThatCostTheConnectionGoesOnAtOnce() throws Exception {
        spool(10);
        var inFlight = new AtomicLong();
        var behind = new Failure(Phase.MAIL, "lost before", Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                "mx.example.org", 25, false, FailureScope.CONNECTION);
        var session = new FakeSession(4, mail -> {
            if (recipient(mail).equals("2@x.org")) {
                inFlight.set(3);
                return failure(Phase.DATA, Delivery.NOT_SENT, SmtpReply.NONE);
            }
            return inFlight.getAndDecrement() > 0 ? behind : FakeSession.OK;
        });
        assertEquals(Result.EMPTY, turn(session));
        assertEquals(9, store.archive().list(SpoolState.SENT, 0, 20).size());
        assertTrue(store.archive().list(SpoolState.SENT, 0, 20).stream().allMatch(mail -> mail.attempts() == 1));
        assertEquals(0, store.queues().find(ANN).orElseThrow().failures());
    }

    @Test
    void aServerThatHangsUpOnEveryContentIsLeftAlone() throws Exception {
        isLeftAlone(failure(Phase.FINAL_DOT, Delivery.IN_DOUBT, SmtpReply.NONE));
    }

    @Test
    void aServerThatTakesItsLeaveAtEveryContentIsLeftAlone() throws Exception {
        isLeftAlone(failure(Phase.DATA, Delivery.REJECTED, SmtpReply.of(421, "4.7.0 bye")));
    }

    private void isLeftAlone(Failure failure) throws Exception {
        spool(10);
        var asked = new AtomicLong();
        var session = new FakeSession(1, mail -> {
            asked.incrementAndGet();
            return failure;
        });
        assertEquals(Result.BLOCKED, turn(session));
        assertEquals(3, asked.get());
    }

    @Test
    void failuresCountOnlyFromTheLastMailThatWasAccepted() throws Exception {
        spool(3);
        for (int failure = 0; failure < 5; failure++) {
            store.queues().delay(ANN, Duration.ZERO, "it failed");
        }
        var session = new FakeSession(1, mail -> recipient(mail).equals("1@x.org")
                ? failure(Phase.MAIL, Delivery.NOT_SENT, SmtpReply.of(421, "busy")) : FakeSession.OK);
        assertEquals(Result.BLOCKED, turn(session));
        assertEquals(1, store.queues().find(ANN).orElseThrow().failures());
    }
}
