package dev.mailroom.benchmark.peer;

import dev.mailroom.Caller;
import dev.mailroom.ConnectionLimits;
import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Scenario.Content;
import dev.mailroom.benchmark.Scenario.Mode;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.mime.Composer;
import dev.mailroom.mime.Draft;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Mailroom as its facade uses it: a session, which leases a connection from the pool for each mail; for streams
 * {@code sendAll}. As many connections as senders, else the defaults.
 */
public final class MailroomPeer implements Peer {
    private static final Caller CALLER = new Caller("benchmark");

    private final Composer composer = new Composer(Clock.systemDefaultZone(), new SecureRandom());
    private final AtomicLong number = new AtomicLong();
    private SocketTransportFactory transports;
    private KeyedConnectionManager manager;
    private Scenario scenario;
    private SmtpSession session;
    private Mail ready;
    private String text;

    @Override
    public void open(Scenario wanted, Target target) throws Exception {
        scenario = wanted;
        text = BenchmarkMails.text(wanted);
        ready = new Mail(new Envelope(BenchmarkMails.FROM, BenchmarkMails.to(wanted), wanted.partial(),
                DeliveryNotification.NONE), MailData.of(BenchmarkMails.rendered(wanted)));
        transports = new SocketTransportFactory(target.trustStore().isPresent()
                ? TrustSettings.with(target.trustStore().get(), target.password()) : TrustSettings.jdk());
        PoolSettings pool = PoolSettings.DEFAULTS;
        manager = new KeyedConnectionManager(new SmtpManagedConnectionFactory(transports), new PoolSettings(
                Math.max(pool.maxTotal(), wanted.senders()), Math.max(pool.maxOpenings(), wanted.senders()),
                pool.maxWait(), pool.sweepInterval(), pool.leakAfter(),
                pool.leakStacks(), pool.closeGrace(), pool.regrowInterval()), event -> { });
        SmtpSettings settings = settings(wanted, target);
        session = new SessionRegistry(manager.connections(), SessionsSettings.DEFAULTS, SecuritySettings.DEFAULTS,
                List.of(), settings, Duration.ofHours(1), manager::drain, event -> { }, System::nanoTime)
                .start(CALLER, settings, false);
    }

    private static SmtpSettings settings(Scenario scenario, Target target) {
        ConnectionLimits limits = ConnectionLimits.DEFAULTS;
        SmtpSettings plain = SmtpSettings.of(Target.USER, Target.HOST, target.port()).withLimits(
                new ConnectionLimits(scenario.senders(), limits.minIdle(), limits.idleTimeout(), limits.maxLifetime(),
                        limits.maxUses(), limits.validateAfterIdle()));
        return scenario.secure() ? plain.withTls(TlsMode.STARTTLS).withTrust(TrustMode.OWN)
                .withSecret(Secret.password(Target.USER_PASSWORD)) : plain;
    }

    @Override
    public void send(int sender, int mails) throws Exception {
        if (scenario.mode() == Mode.SINGLE) {
            for (int i = 0; i < mails; i++) {
                session.send(next());
            }
            return;
        }
        Iterator<Mail> stream = IntStream.range(0, mails).mapToObj(i -> next()).iterator();
        session.sendAll(stream, MailroomPeer::mustBeSent);
    }

    private static void mustBeSent(Mail mail, Outcome outcome) {
        if (outcome.delivery() != Delivery.SENT) {
            throw new IllegalStateException("not sent: " + outcome);
        }
    }

    private Mail next() {
        return scenario.content() == Content.READY ? ready : composer.compose(new Draft(BenchmarkMails.FROM_NAMED, "",
                Draft.Recipients.of(BenchmarkMails.to(scenario)), BenchmarkMails.subject(number.incrementAndGet()),
                text, "", List.of(), List.of(), "", scenario.partial(), DeliveryNotification.NONE)).mail();
    }

    @Override
    public void hangUp() {
        manager.pool().flush();
    }

    @Override
    public void shut() {
        manager.close();
        transports.close();
    }
}
