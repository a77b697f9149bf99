package dev.mailroom.connector;

import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.NumberedMails;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.testing.UnpackedServer;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import dev.mailroom.watch.NoListener;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real servers that limit the mails of a connection, each in its own way, get all mails, octet by octet. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class LimitedServersTest {
    private static final int MAILS = 200;
    private static final Duration LONG = Duration.ofSeconds(200);
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.with(
            TestCertificates.get().trustStore(), TestCertificates.get().password()));
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, NoListener.INSTANCE);

    @AfterEach
    void end() {
        manager.close();
        transports.close();
    }

    @Test
    void eximTakesAllMailsOverTlsAndAuth() throws SmtpException {
        try (UnpackedServer exim = UnpackedServer.exim()) {
            sendAll(exim, SmtpSettings.of(UnpackedServer.USER, "localhost", exim.port()).withTls(TlsMode.STARTTLS)
                    .withTrust(TrustMode.OWN).withSecret(Secret.password(UnpackedServer.PASSWORD)));
        }
    }

    @Test
    void openSmtpdTakesAllMails() throws SmtpException {
        try (UnpackedServer server = UnpackedServer.openSmtpd()) {
            sendAll(server, SmtpSettings.of("bob", "127.0.0.1", server.port()));
        }
    }

    private void sendAll(UnpackedServer server, SmtpSettings settings) throws SmtpException {
        for (int i = 0; i < MAILS; i++) {
            try (SmtpConnection connection = manager.connections().getConnection(settings)) {
                connection.send(NumberedMails.mail(i));
            }
        }
        NumberedMails.assertArrived(MAILS, server.awaitMails(MAILS, LONG));
    }
}
