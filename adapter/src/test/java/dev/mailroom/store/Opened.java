package dev.mailroom.store;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Identity;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.TrustMode;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;

/** What the tests of this package share: settings for a scripted mailbox, and what is read. */
final class Opened {
    private static final Duration SOON = Duration.ofSeconds(30);

    private Opened() {
    }

    static ReceivingSettings settings(boolean pop3, ScriptedMailbox server) {
        return ReceivingSettings.of(SmtpSettings.of("bob", "localhost", server.port())
                .withProtocol(pop3 ? Identity.MailProtocol.POP3 : Identity.MailProtocol.IMAP).withTrust(TrustMode.OWN)
                .withSecret(Secret.password("secret")).withTimeouts(new TimeoutSettings(SOON, SOON, SOON, SOON)));
    }

    static ReceivingSettings impatient(ReceivingSettings settings) {
        Duration little = Duration.ofSeconds(1);
        return settings.withServer(settings.server().withTimeouts(new TimeoutSettings(SOON, little, little, SOON)));
    }

    /** Whose operations take a second at most. */
    static ReceivingSettings hurried(ReceivingSettings settings) {
        return settings.withServer(settings.server().withTimeouts(
                new TimeoutSettings(SOON, SOON, SOON, Duration.ofSeconds(1))));
    }

    static SocketTransportFactory transports() {
        TestCertificates certificates = TestCertificates.get();
        return new SocketTransportFactory(TrustSettings.with(certificates.trustStore(), certificates.password()));
    }

    static Failure refusal(SocketTransportFactory transports, ReceivingSettings settings) {
        return Assertions.assertThrows(SmtpException.class,
                () -> StoreOpener.over(transports).open(settings, Deadline.after(SOON))).failure();
    }

    static MailStore open(SocketTransportFactory transports, ReceivingSettings settings) throws SmtpException {
        return StoreOpener.over(transports).open(settings, Deadline.after(SOON));
    }

    static String content(MailStore store, int number) throws SmtpException, IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        return store.content(number, octets) ? octets.toString(StandardCharsets.ISO_8859_1) : null;
    }

    static String header(MailStore store, int number) throws SmtpException, IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        return store.header(number, octets) ? octets.toString(StandardCharsets.ISO_8859_1) : null;
    }
}
