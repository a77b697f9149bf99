package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OpeningTest {
    private static final Secret PASSWORD = Secret.password("hunter-two");
    private final SocketTransportFactory factory = Sessions.factory();

    @AfterEach
    void end() {
        factory.close();
    }

    @Test
    void anOpenedConnectionKnowsWhomItTalksTo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertEquals("scripted.test", link.serverName());
            assertTrue(link.reusable());
            assertTrue(link.quiet());
            assertEquals(List.of("EHLO [127.0.0.1]"), server.connection(1).commands());
            link.close();
            link.close();
            server.awaitOpenConnections(0, Sessions.SOON);
            assertEquals("QUIT", server.connection(1).commands().get(1));
            assertFalse(link.reusable());
        }
    }

    @Test
    void withoutASecretNoAuthenticationIsTried() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").start()) {
            factory.open(Sessions.to(server), Deadline.NEVER).close();
            assertEquals(List.of(), server.authAttempts());
        }
    }

    @Test
    void plainIsPreferredToLogin() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").mechanisms("LOGIN", "PLAIN").start()) {
            factory.open(Sessions.to(server).withSecret(PASSWORD), Deadline.NEVER).close();
            assertEquals(List.of(new AuthAttempt("PLAIN", "bob", "hunter-two", true)), server.authAttempts());
        }
    }

    @Test
    void loginIsUsedWhereNothingElseIsOffered() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("b\u00f6b", "p\u00e4ss").mechanisms("LOGIN").start()) {
            SmtpSettings settings = Sessions.to(server);
            SmtpSettings unusual = SmtpSettings.of("b\u00f6b", settings.host(), settings.port())
                    .withSecret(Secret.password("p\u00e4ss")).withTimeouts(settings.timeouts());
            factory.open(unusual, Deadline.NEVER).close();
            assertEquals(List.of(new AuthAttempt("LOGIN", "b\u00f6b", "p\u00e4ss", true)), server.authAttempts());
        }
    }

    @Test
    void aRefusedLoginIsTriedExactlyOnce() {
        try (var server = ScriptedSmtpServer.builder().user("bob", "other").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withSecret(PASSWORD));
            assertEquals(Phase.AUTH, failure.phase());
            assertEquals(535, failure.reply().code());
            assertEquals("5.7.8", failure.reply().enhancedStatus());
            assertFalse(failure.isTransient());
            assertTrue(failure.message().contains("refused the login \"bob\": 535 5.7.8"), failure.message());
            assertFalse(failure.toString().contains("hunter-two"), failure.toString());
            assertEquals(1, server.authAttempts().size());
            assertEquals(1, server.connectionsOpened());
            server.awaitOpenConnections(0, Sessions.SOON);
        }
    }

    @Test
    void aServerThatRepeatsThePasswordIsNotQuoted() {
        try (var server = ScriptedSmtpServer.builder().user("bob", "other")
                .reply(Step.CREDENTIALS, "535 5.7.8 hunter-two is wrong, aHVudGVyLXR3bw== too").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withSecret(PASSWORD));
            assertTrue(failure.message().contains("535 5.7.8 *** is wrong, *** too"), failure.message());
        }
    }

    @Test
    void aServerThatWantsTlsBeforeAuthGetsNeitherTlsNorASecondAttempt() {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two")
                .reply(Step.AUTH, "530 5.7.0 Must issue STARTTLS first").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withSecret(PASSWORD));
            assertEquals(Phase.AUTH, failure.phase());
            assertEquals(530, failure.reply().code());
            assertEquals(2, server.connection(1).commands().size());
        }
    }

    @Test
    void withoutAnOfferOfAuthTheConnectionOpensUnauthenticated() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().start()) {
            factory.open(Sessions.to(server).withSecret(PASSWORD), Deadline.NEVER).close();
            assertEquals(List.of(), server.authAttempts());
        }
    }

    @Test
    void unauthenticatedOpeningCanBeForbidden() {
        try (var server = ScriptedSmtpServer.builder().user("bob", "hunter-two").mechanisms("GSSAPI").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withSecret(PASSWORD)
                    .withDialogue(new DialogueSettings(true, true, false)));
            assertEquals(Phase.AUTH, failure.phase());
            assertTrue(failure.message().contains("it offers GSSAPI"), failure.message());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void anAccessTokenGoesOverXoauth2() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().user("bob", "x").token("bob", "t0ken").start()) {
            factory.open(Sessions.to(server).withSecret(Secret.accessToken("t0ken")), Deadline.NEVER).close();
            assertEquals(List.of(new AuthAttempt("XOAUTH2", "bob", "t0ken", true)), server.authAttempts());
        }
    }

    @Test
    void aRefusedAccessTokenIsReportedWithTheFinalReply() {
        try (var server = ScriptedSmtpServer.builder().token("bob", "t0ken").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withSecret(Secret.accessToken("stale")));
            assertEquals(535, failure.reply().code());
            assertTrue(failure.message().contains("access token"), failure.message());
            assertEquals(1, server.authAttempts().size());
        }
    }

    @Test
    void anAccessTokenNeverFallsBack() {
        try (var server = ScriptedSmtpServer.builder().user("bob", "t0ken").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server).withSecret(Secret.accessToken("t0ken")));
            assertEquals(Phase.AUTH, failure.phase());
            assertEquals(List.of(), server.authAttempts());
        }
    }

    @Test
    void aServerWithoutEhloIsGreetedWithHelo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().reply(Step.EHLO, "502 5.5.1 What?").start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            assertEquals("HELO [127.0.0.1]", server.connection(1).commands().get(1));
            link.close();
        }
    }

    @Test
    void aServerThatTakesNoAddressForANameIsToldWithTheKey() {
        try (var server = ScriptedSmtpServer.builder().reply(Step.EHLO, "550 5.7.1 A full name is required")
                .reply(Step.HELO, "550 5.7.1 A full name is required").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server));
            assertEquals(550, failure.reply().code());
            assertTrue(failure.message().endsWith("set ehlo-name"), failure.message());
        }
    }

    @Test
    void aConfiguredNameIsUsedInEhlo() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().start();
                var named = new SocketTransportFactory(TrustSettings.jdk(), "host.example.org",
                        new Addresses(InetAddress::getAllByName, System::nanoTime))) {
            named.open(Sessions.to(server), Deadline.NEVER).close();
            named.open(Sessions.to(server).withDialogue(
                    new DialogueSettings(true, true, true, "mail.example.org")), Deadline.NEVER).close();
            assertEquals("EHLO host.example.org", server.connection(1).commands().get(0));
            assertEquals("EHLO mail.example.org", server.connection(2).commands().get(0));
        }
    }

    @Test
    void aNameForEhloCannotCarryCommands() {
        for (String name : List.of("a\r\nMAIL FROM:<>", "a b", "a\0", "a\u760a", ".", "-a", "[1.2.3.4", "a..b")) {
            var refusal = assertThrows(IllegalArgumentException.class,
                    () -> new DialogueSettings(true, true, true, name));
            assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
        }
    }

    @Test
    void theMachinesNameIsUsedWhereOthersCouldKnowIt() {
        assertEquals("web1.example.org", EhloName.full("web1.example.org"));
        for (String name : List.of("", "web1", "localhost", "localhost.localdomain", "web1.local", "web_1.example.org",
                "10.0.0.1")) {
            assertEquals("", EhloName.full(name));
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", "no-such-host.invalid", 25));
        assertEquals(Phase.RESOLVE, failure.phase());
        assertEquals(Delivery.NOT_SENT, failure.delivery());
        assertTrue(failure.message().contains("no-such-host.invalid"), failure.message());
    }

    @Test
    void aPortWhereNobodyListensIsNamed() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", "127.0.0.1", port));
        assertEquals(Phase.CONNECT, failure.phase());
        assertEquals("the connection was refused by 127.0.0.1:" + port + "; is an SMTP server listening there?",
                failure.message());
        assertTrue(failure.isTransient());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aHostThatAnswersNothingIsLeftAfterTheConnectTimeout() throws IOException {
        Duration soon = Duration.ofMillis(300);
        List<Socket> queue = new ArrayList<>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Nobody accepts; once the queue is full, Linux drops whoever comes next.
            while (joins(full, queue) && queue.size() < 100) {
                continue;
            }
            Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", "127.0.0.1", full.getLocalPort())
                    .withTimeouts(new TimeoutSettings(soon, Sessions.SOON, Sessions.SOON, Duration.ZERO)));
            assertEquals(Phase.CONNECT, failure.phase());
            assertTrue(failure.message().contains("within 300 ms"), failure.message());
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    private static boolean joins(ServerSocket full, List<Socket> queue) throws IOException {
        Socket socket = new Socket();
        queue.add(socket);
        try {
            socket.connect(full.getLocalSocketAddress(), 500);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void aRefusingGreetingIsQuoted() {
        try (var server = ScriptedSmtpServer.builder().reply(Step.GREETING, "554 5.7.1 No service for you").start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server));
            assertEquals(Phase.GREETING, failure.phase());
            assertEquals(554, failure.reply().code());
            assertTrue(failure.message().contains("No service for you"), failure.message());
        }
    }

    @Test
    void aGreetingThatEndsAsARefusalIsOne() {
        try (var server = ScriptedSmtpServer.builder().on(Step.GREETING, Action.reply("220-hello", "521 no")).start()) {
            Failure failure = Sessions.refusal(factory, Sessions.to(server));
            assertEquals(521, failure.reply().code());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void aClosedFactoryEndsItsThreadAndItsConnections() throws SmtpException {
        try (var server = ScriptedSmtpServer.builder().on(Step.MAIL, Action.silence()).start()) {
            SmtpTransport link = factory.open(Sessions.to(server), Deadline.NEVER);
            factory.close();
            server.awaitOpenConnections(0, Sessions.SOON);
            assertFalse(link.quiet());
            assertTrue(Sessions.refusal(factory, Sessions.to(server)).message().contains("factory is closed"));
        }
    }
}
