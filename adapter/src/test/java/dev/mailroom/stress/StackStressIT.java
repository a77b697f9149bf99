package dev.mailroom.stress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.ConnectionLimits;
import dev.mailroom.Delivery;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.PoolRow;
import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.MailCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * 32 threads on 200 sessions through the real stack, on a server that cuts, resets, refuses, falls silent and dawdles.
 * Three seconds, or as many as {@code -Dmailroom.stress.seconds} says.
 */
class StackStressIT {
    private static final int SESSIONS = 200;
    private static final int THREADS = 32;
    private static final int PER_SESSION = 2;
    private static final int TOTAL = 60;
    /** Half of the mails go to these, so that the sessions' own limits are fought for and connections are reused. */
    private static final int BUSY = 8;
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("mailroom.stress.seconds", 3));
    private static final TimeoutSettings TIMEOUTS = new TimeoutSettings(
            Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofSeconds(3))
            .withFinalReply(Duration.ofMillis(400));
    private static final ConnectionLimits LIMITS = new ConnectionLimits(
            PER_SESSION, 0, Duration.ofMillis(300), Duration.ofSeconds(5), 50, Duration.ofMillis(20));
    private static final Caller CALLER = new Caller("stress");

    private final Faults faults = new Faults(100);
    private final AnswerCheck answers = new AnswerCheck();
    private final AtomicLong numbers = new AtomicLong();
    private final MailCounts counts = new MailCounts();
    private final List<Throwable> surprises = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whateverTheServerDoesNoMailIsLostDoubledOrMisdirectedAndEveryPermitComesBack() throws Exception {
        ScriptedSmtpServerBuilder builder = ScriptedSmtpServer.builder();
        for (int i = 0; i < SESSIONS; i++) {
            builder.user(user(i), "password of " + user(i));
        }
        try (ScriptedSmtpServer server = builder.start()) {
            stress(server);
            server.awaitOpenConnections(0, Duration.ofSeconds(30));
        }
    }

    private void stress(ScriptedSmtpServer server) throws Exception {
        try (SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
                KeyedConnectionManager manager = new KeyedConnectionManager(
                        new SmtpManagedConnectionFactory(transports), new PoolSettings(TOTAL, 1_000,
                                Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ZERO, false,
                                Duration.ofSeconds(5), Duration.ofMillis(100)), counts);
                LimitWatch watch = new LimitWatch(server, PER_SESSION, TOTAL)) {
            SmtpPool pool = manager.view(counts);
            SessionRegistry registry = new SessionRegistry(manager.connections(), SessionsSettings.DEFAULTS,
                    SecuritySettings.DEFAULTS, List.of(), settings(server, 0), Duration.ofHours(1), manager::drain,
                    counts, System::nanoTime);
            for (int i = 0; i < SESSIONS; i++) {
                SmtpSettings settings = settings(server, i);
                patiently(() -> registry.start(CALLER, settings, false));
            }
            server.script(faults);
            run(registry, server, pool);
            server.behave();

            assertEquals(List.of(), surprises);
            everyPermitIsBack(server, manager, pool);
            assertEquals(List.of(), answers.breaches(server.mails()).stream().limit(10).toList());
            assertEquals(List.of(), watch.breaches.stream().limit(10).toList());
            assertEquals(answers.count(Delivery.SENT), pool.total().counts().messages());
            assertTrue(answers.count(Delivery.SENT) > 100, "so few mails prove nothing: " + answers.size());
            assertTrue(faults.count() > 10, "so few faults prove nothing: " + faults);
            report(server, watch, pool.total());
        }
    }

    private interface Opening {
        void run() throws Exception;
    }

    /** While the server behaves: on a busy machine it may still take longer than these short time-outs. */
    private static void patiently(Opening opening) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                opening.run();
                return;
            } catch (SmtpException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
            }
        }
    }

    private void run(SessionRegistry registry, ScriptedSmtpServer server, SmtpPool pool) throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> work(registry, server, pool, end), "stress " + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(TIME.plusSeconds(60).toMillis());
            assertFalse(thread.isAlive(), () -> thread.getName() + " hangs: " + pool.total());
        }
    }

    private void work(SessionRegistry registry, ScriptedSmtpServer server, SmtpPool pool, long end) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (System.nanoTime() - end < 0 && surprises.isEmpty()) {
            int session = random.nextInt(random.nextBoolean() ? BUSY : SESSIONS);
            try {
                int what = random.nextInt(1000);
                if (what == 0) {
                    pool.flush(PoolRow.TOTAL);
                } else if (what < 5) {
                    pool.sessions().stream().findAny().ifPresent(row -> pool.drop(row.id()));
                } else if (what < 20) {
                    restart(registry, settings(server, session));
                } else {
                    send(registry, user(session));
                }
            } catch (Exception | Error e) {
                surprises.add(e);
            }
        }
    }

    private static void restart(SessionRegistry registry, SmtpSettings settings) throws Exception {
        try {
            registry.start(CALLER, settings, false);
            registry.close(CALLER, settings.user());
        } catch (SmtpException e) {
            assertFalse(e.failure().message().isEmpty());
        }
    }

    private void send(SessionRegistry registry, String user) throws Exception {
        String text = user + "/" + numbers.incrementAndGet();
        Mail mail = new Mail(Envelope.of(user + "@example.org", List.of("to@example.org")),
                MailData.of((text + "\r\n").getBytes(US_ASCII)));
        try {
            registry.find(CALLER, user, role -> false).send(mail);
            answers.answered(text, Delivery.SENT);
        } catch (SmtpException e) {
            answers.answered(text, e.failure().delivery());
        }
    }

    /** All places can be had at once: none is lost. And none too many is there, or the watch would see it. */
    private static void everyPermitIsBack(ScriptedSmtpServer server, KeyedConnectionManager manager, SmtpPool pool)
            throws Exception {
        PoolRow total = pool.total();
        assertEquals(0, total.places().inUse());
        assertEquals(0, total.places().waiting());
        pool.sessions().forEach(row -> pool.drop(row.id()));
        List<SmtpConnection> held = new ArrayList<>();
        for (int i = 0; i < TOTAL; i++) {
            SmtpSettings settings = settings(server, i / PER_SESSION);
            patiently(() -> held.add(manager.connections().getConnection(settings)));
        }
        assertEquals(TOTAL, pool.total().places().inUse());
        held.forEach(SmtpConnection::close);
        assertEquals(0, pool.total().places().inUse());
    }

    private void report(ScriptedSmtpServer server, LimitWatch watch, PoolRow total) {
        System.getLogger(getClass().getName()).log(System.Logger.Level.INFO, () -> TIME.toSeconds() + " s: "
                + answers.size() + " mails asked, " + answers.count(Delivery.SENT) + " sent, "
                + answers.count(Delivery.REJECTED) + " rejected, " + answers.count(Delivery.NOT_SENT) + " not sent, "
                + answers.count(Delivery.IN_DOUBT) + " in doubt; " + faults + "; " + server.connectionsOpened()
                + " connections, most open together " + watch.most() + " of " + TOTAL + "; discarded "
                + total.counts().discarded() + ", failures by phase " + total.counts().failures());
    }

    private static String user(int i) {
        return "user" + i;
    }

    private static SmtpSettings settings(ScriptedSmtpServer server, int i) {
        return SmtpSettings.of(user(i), "127.0.0.1", server.port()).withTimeouts(TIMEOUTS).withLimits(LIMITS)
                .withDialogue(new DialogueSettings(i % 3 > 0, i % 2 == 0, false))
                .withSecret(Secret.password("password of " + user(i)));
    }
}
