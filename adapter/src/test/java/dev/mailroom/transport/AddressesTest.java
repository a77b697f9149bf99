package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.smtp.ServerAddress;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import dev.mailroom.testing.When;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with two addresses, 127.0.0.2 and then 127.0.0.1, of which the first does not serve. Linux has them all. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class AddressesTest {
    private static final InetAddress FIRST = address(2);
    private static final InetAddress SECOND = address(1);
    private final AtomicLong now = new AtomicLong();
    private final Addresses addresses =
            new Addresses(host -> new InetAddress[] {FIRST, SECOND}, now::get);
    private final SocketTransportFactory factory = new SocketTransportFactory(TrustSettings.jdk(), "", addresses);
    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder().start();

    private enum Trouble { TRANSIENT_GREETING, RESET, CLOSE, REFUSAL, TRANSIENT_EHLO, CLOSE_AT_EHLO }

    @AfterEach
    void end() {
        factory.close();
        server.close();
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress("two.test", new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private SmtpSettings settings() {
        return Sessions.to(server);
    }

    private ServerSocket firstAddress(int backlog) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(FIRST, server.port()), backlog);
        return listener;
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void anAddressThatDoesNotServeLeadsToTheNextAndIsNotAskedAgain(Trouble trouble) throws Exception {
        AtomicLong asked = new AtomicLong();
        try (ServerSocket listener = trouble == Trouble.REFUSAL ? new ServerSocket() : firstAddress(50)) {
            Thread bad = new Thread(() -> serveBadly(listener, trouble, asked));
            bad.start();
            for (int i = 0; i < 3; i++) {
                factory.open(settings(), Deadline.NEVER).close();
            }
            assertEquals(3, server.connectionsOpened());
            assertEquals(trouble == Trouble.REFUSAL ? 0 : 1, asked.get(), "the address that works is asked first");
            now.addAndGet(Duration.ofMinutes(11).toNanos());
            factory.open(settings(), Deadline.NEVER).close();
            assertEquals(trouble == Trouble.REFUSAL ? 0 : 2, asked.get(), "for some minutes");
        }
    }

    private static void serveBadly(ServerSocket listener, Trouble trouble, AtomicLong asked) {
        while (listener.isBound()) {
            try (Socket socket = listener.accept()) {
                asked.incrementAndGet();
                if (trouble == Trouble.TRANSIENT_GREETING) {
                    socket.getOutputStream().write("421 4.3.2 Not here\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                if (trouble == Trouble.TRANSIENT_EHLO || trouble == Trouble.CLOSE_AT_EHLO) {
                    socket.getOutputStream().write("220 two.test\r\n".getBytes(StandardCharsets.US_ASCII));
                    new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
                }
                if (trouble == Trouble.TRANSIENT_EHLO) {
                    socket.getOutputStream().write("421 4.3.2 Not now\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                socket.setSoLinger(trouble == Trouble.RESET, 0);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void anAddressThatIsSilentCostsAQuarterOfASecond() throws Exception {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = firstAddress(1)) {
            // Nobody accepts; once the queue is full, Linux drops whoever comes next.
            while (queue.size() < 100) {
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 300);
                } catch (IOException e) {
                    break;
                }
            }
            long start = System.nanoTime();
            factory.open(settings(), Deadline.NEVER).close();
            long took = System.nanoTime() - start;
            assertTrue(took >= 240_000_000L && took < 3_000_000_000L, took + " ns");
            assertEquals(1, server.connectionsOpened());
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.3.0 TLS not available now", "421 4.3.2 Not now"})
    void anAddressWithoutTlsForTheTimeBeingLeadsToTheNext(String reply) throws SmtpException {
        TestCertificates certificates = TestCertificates.get();
        try (var other = ScriptedSmtpServer.builder().startTls(certificates.good()).script(at ->
                at.connection() == 1 && at.step() == Step.STARTTLS ? Optional.of(Action.reply(reply))
                : Optional.empty()).start(); var trusting = Sessions.trusting(SECOND, SECOND)) {
            trusting.open(Sessions.to(other).withTls(TlsMode.STARTTLS), Deadline.NEVER).close();
            assertEquals(2, other.connectionsOpened());
        }
    }

    @Test
    void aRefusedEhloIsAnAnswer() {
        server.on(When.at(Step.EHLO), Action.reply("550 5.7.1 No"));
        server.on(When.at(Step.HELO), Action.reply("550 5.7.1 No"));
        assertEquals(Phase.EHLO, Sessions.refusal(factory, settings()).phase());
        assertEquals(1, server.connectionsOpened());
    }

    @Test
    void aPermanentGreetingIsAnAnswer() throws SmtpException {
        server.on(When.at(Step.GREETING), Action.reply("554 5.7.1 No"));
        Failure failure = Sessions.refusal(factory, settings());
        assertEquals(554, failure.reply().code());
        assertEquals(1, server.connectionsOpened());
    }

    @Test
    void whatAServerSaidIsToldRatherThanThatAnotherDoesNotAnswer() {
        server.on(When.at(Step.GREETING), Action.reply("421 4.3.2 Busy"));
        try (var reversed = new SocketTransportFactory(TrustSettings.jdk(), "",
                new Addresses(host -> new InetAddress[] {SECOND, FIRST}, now::get))) {
            Failure failure = Sessions.refusal(reversed, settings());
            assertEquals(Phase.GREETING, failure.phase());
            assertEquals(421, failure.reply().code());
        }
    }

    @Test
    void familiesTakeTurns() throws Exception {
        InetAddress six = InetAddress.getByName("::1");
        Addresses mixed = new Addresses(host -> new InetAddress[] {six, six, FIRST, SECOND}, now::get);
        assertEquals(List.of(six, FIRST, six, SECOND),
                mixed.of(SmtpSettings.of("bob", "x", 25), new ServerAddress("x", 25)));
    }

    @Test
    void aGreetingOfManySlowLinesIsBoundedAsAWhole() {
        try (var slow = ScriptedSmtpServer.builder().on(Step.GREETING,
                Action.drip(Duration.ofMillis(20), "220-" + "x".repeat(400))).start();
                var alone = Sessions.factory()) {
            SmtpSettings settings = Sessions.to(slow);
            Duration shortTime = Duration.ofMillis(500);
            Failure failure = Sessions.refusal(alone, settings.withTimeouts(new TimeoutSettings(
                    Sessions.SOON, shortTime, Sessions.SOON, Sessions.SOON, Sessions.SOON, Duration.ZERO)));
            assertEquals(Phase.GREETING, failure.phase());
            assertTrue(failure.message().contains("within 500 ms"), failure.message());
            assertTrue(failure.message().contains("optionSSL"), failure.message());
        }
    }

    @Test
    void aPortThatExpectsTlsAtOnceIsFoundOutByTheGreetingTimeout() {
        try (var tls = ScriptedSmtpServer.builder().implicitTls(TestCertificates.get().good())
                .start(); var alone = Sessions.factory()) {
            for (TlsMode mode : List.of(TlsMode.NONE, TlsMode.STARTTLS)) {
                Failure failure = Sessions.refusal(alone, Sessions.to(tls).withTls(mode).withTimeouts(
                        new TimeoutSettings(Sessions.SOON, Duration.ofMillis(300), Sessions.SOON,
                                Sessions.SOON, Sessions.SOON, Duration.ZERO)));
                assertEquals(Phase.GREETING, failure.phase());
                assertTrue(failure.message().contains("optionSSL"), failure.message());
            }
        }
    }
}
