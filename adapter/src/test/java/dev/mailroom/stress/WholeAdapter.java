package dev.mailroom.stress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mailroom.Caller;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionRegistry;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.testing.SinkProcess;
import dev.mailroom.testing.SinkSettings;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.MailCounts;
import java.time.Duration;
import java.util.List;

/** A whole adapter, and a server for it in another process. */
final class WholeAdapter implements AutoCloseable {
    static final Mail MAIL = new Mail(Envelope.of("ann@x.org", List.of("bob@x.org")),
            MailData.of(("Subject: x\r\n\r\n" + "0123456789 .\r\n".repeat(80)).getBytes(US_ASCII)));
    private static final Caller CALLER = new Caller("app");

    private final SinkProcess sink;
    private final TlsMode tls;
    private final SocketTransportFactory transports;
    private final KeyedConnectionManager manager;
    private final SessionRegistry registry;

    WholeAdapter(SinkSettings offer, TlsMode tls) {
        this.sink = SinkProcess.start(offer);
        this.tls = tls;
        this.transports = new SocketTransportFactory(sink.trustStore()
                .map(store -> TrustSettings.with(store, TestCertificates.PASSWORD))
                .orElse(TrustSettings.jdk()));
        MailCounts counts = new MailCounts();
        this.manager = new KeyedConnectionManager(new SmtpManagedConnectionFactory(transports),
                new PoolSettings(1_000, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ZERO, false,
                        Duration.ofSeconds(5), Duration.ofMinutes(1)), counts);
        this.registry = new SessionRegistry(manager.connections(), SessionsSettings.DEFAULTS,
                SecuritySettings.DEFAULTS, List.of(), SmtpSettings.of("template", "127.0.0.1", sink.port()),
                Duration.ofHours(1), manager::drain, counts, System::nanoTime);
    }

    /** A session that has sent a mail and is idle. */
    SmtpSession used(String name) throws Exception {
        SmtpSession session = registry.start(CALLER, SmtpSettings.of(name, "127.0.0.1", sink.port()).withTls(tls)
                .withTrust(TrustMode.OWN).withSecret(Secret.password("of " + name)), false);
        session.send(MAIL);
        return session;
    }

    void open(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            used("user" + i);
        }
        if (sink.counts().connections() != to) {
            throw new IllegalStateException("not each session has its connection: " + sink.counts());
        }
    }

    @Override
    public void close() {
        manager.close();
        transports.close();
        sink.close();
    }
}
