package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.TrustMode;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What the tests of this package share: settings for a scripted server, mails, and what a refused opening says. */
final class Sessions {
    static final Duration SOON = Duration.ofSeconds(10);
    /** No test asks a name service. */
    private static final Addresses.Resolver LOOPBACK = host -> {
        if (host.endsWith(".invalid")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    };

    private Sessions() {
    }

    static SmtpSettings to(ScriptedSmtpServer server) {
        return SmtpSettings.of("bob", "localhost", server.port()).withTrust(TrustMode.OWN)
                .withTimeouts(new TimeoutSettings(SOON, SOON, SOON, Duration.ZERO));
    }

    /** Waits that long for each reply, but longer for the greeting: a busy machine starts a server's thread late. */
    static SmtpSettings impatient(ScriptedSmtpServer server, Duration reply) {
        return to(server).withTimeouts(new TimeoutSettings(SOON, SOON, reply, reply, reply, Duration.ZERO));
    }

    static SocketTransportFactory factory() {
        return factory(LOOPBACK);
    }

    /** Trusts the test authority. */
    static SocketTransportFactory trusting() {
        return trusting(LOOPBACK);
    }

    /** The same where every host has these addresses. */
    static SocketTransportFactory trusting(InetAddress... addresses) {
        return trusting((Addresses.Resolver) host -> addresses);
    }

    private static SocketTransportFactory trusting(Addresses.Resolver resolver) {
        TestCertificates certificates = TestCertificates.get();
        return new SocketTransportFactory(TrustSettings.with(certificates.trustStore(), certificates.password()), "",
                new Addresses(resolver, System::nanoTime));
    }

    /** Finds its hosts there, and has no name of its own. */
    static SocketTransportFactory factory(Addresses.Resolver resolver) {
        return new SocketTransportFactory(TrustSettings.jdk(), "", new Addresses(resolver, System::nanoTime));
    }

    static Failure refusal(SocketTransportFactory factory, SmtpSettings settings) {
        return refusal(factory, settings, Deadline.NEVER);
    }

    static Failure refusal(SocketTransportFactory factory, SmtpSettings settings, Deadline deadline) {
        try {
            factory.open(settings, deadline).close();
        } catch (SmtpException e) {
            return e.failure();
        }
        throw new AssertionError("the connection was opened");
    }

    static Mail mail(String content, String... recipients) {
        return new Mail(Envelope.of("ann@x.org", List.of(recipients)), data(content));
    }

    static MailData data(String content) {
        return MailData.of(content.getBytes(StandardCharsets.UTF_8));
    }
}
