package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.ProxySettings;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.testing.ScriptedProxy;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ProxyTest {
    private static final String HOST = "mail.behind.test";
    private final ScriptedSmtpServer server = ScriptedSmtpServer.builder().start();
    private final SocketTransportFactory factory = Sessions.trusting();

    @AfterEach
    void end() {
        factory.close();
        server.close();
    }

    private ScriptedProxy proxy(boolean socks, String login, int refusal) {
        return socks ? ScriptedProxy.socks(server.port(), login, refusal)
                : ScriptedProxy.http(server.port(), login, refusal);
    }

    private static SmtpSettings through(ScriptedProxy proxy, boolean socks, String user, String password) {
        return SmtpSettings.of("bob", HOST, 587).withProxy(ProxySettings.parse((socks ? "socks5" : "http") + "://"
                + (user.isEmpty() ? "" : user + "@") + "localhost:" + proxy.port())
                .withPassword(password.isEmpty() ? Secret.none() : Secret.password(password)));
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "true, ann", "false, ''", "false, ann"})
    void connectionsGoThroughTheProxyWhichResolvesTheName(boolean socks, String user) throws SmtpException {
        try (ScriptedProxy proxy = proxy(socks, user.isEmpty() ? "" : user + ":hunter-two", 0)) {
            SmtpTransport link = factory.open(through(proxy, socks, user, user.isEmpty() ? "" : "hunter-two"),
                    Deadline.NEVER);
            assertInstanceOf(Receipt.class, link.send(Sessions.mail("x", "carl@x.org"), Deadline.NEVER));
            link.close();
            assertEquals(List.of(HOST + ":587"), proxy.asked());
            assertEquals(1, server.mailCount());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusedLoginIsNamedAndLasts(boolean socks) {
        try (ScriptedProxy proxy = proxy(socks, "ann:other", 0)) {
            Failure failure = Sessions.refusal(factory, through(proxy, socks, "ann", "hunter-two"));
            assertEquals(Phase.CONNECT, failure.phase());
            assertTrue(failure.message().contains("refused the login"), failure.message());
            assertFalse(failure.message().contains("hunter-two"), failure.message());
            assertFalse(failure.isTransient());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 5, connection refused, true", "true, 2, not allowed, false", "false, 502, 502 Word, true",
        "false, 403, 403 Word, false", "false, 408, 408 Word, true", "false, 429, 429 Word, true",
        "false, 503, 503 Word, true"})
    void whatTheProxySaysIsTold(boolean socks, int code, String words, boolean passes) {
        try (ScriptedProxy proxy = proxy(socks, "", code)) {
            Failure failure = Sessions.refusal(factory, through(proxy, socks, "", ""));
            assertTrue(failure.message().contains(words) && failure.message().contains(HOST), failure.message());
            assertEquals(passes, failure.isTransient());
        }
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void aProxyThatIsNotThereIsNamedAsOne() throws IOException {
        int nobody;
        try (ServerSocket free = listener()) {
            nobody = free.getLocalPort();
        }
        Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", HOST, 587).withProxy(
                ProxySettings.parse("http://localhost:" + nobody)));
        assertTrue(failure.message().contains("the proxy http://localhost:" + nobody + "; is a proxy listening there?"),
                failure.message());
        assertTrue(failure.isTransient());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5", "http"})
    void aSilentProxyIsNamedAfterTheConnectTimeout(String scheme) throws IOException {
        try (ServerSocket silent = listener()) {
            Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", HOST, 587).withTimeouts(
                    new TimeoutSettings(Duration.ofMillis(500), Sessions.SOON, Sessions.SOON, Duration.ZERO)).withProxy(
                    ProxySettings.parse(scheme + "://localhost:" + silent.getLocalPort())));
            assertTrue(failure.message().contains("the proxy " + scheme + "://localhost:" + silent.getLocalPort()
                    + " did not answer"), failure.message());
            assertTrue(failure.isTransient());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNoProxyIsNamed(boolean socks) throws Exception {
        SmtpSettings settings = SmtpSettings.of("bob", HOST, 587).withProxy(ProxySettings.parse(
                (socks ? "socks5" : "http") + "://localhost:" + server.port()));
        Failure failure = Sessions.refusal(factory, settings);
        assertTrue(failure.message().contains("does not speak " + (socks ? "SOCKS 5" : "HTTP")), failure.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, "mail_1.behind.test", "_mail.behind.test", "192.0.2.1", "2001:db8:0:0:0:0:0:1"})
    void theJvmsSocksProxyIsRespected(String host) throws SmtpException {
        try (ScriptedProxy proxy = proxy(true, "", 0)) {
            System.setProperty("socksProxyHost", "127.0.0.1");
            System.setProperty("socksProxyPort", String.valueOf(proxy.port()));
            try {
                factory.open(SmtpSettings.of("bob", host, 587), Deadline.NEVER).close();
            } finally {
                System.clearProperty("socksProxyHost");
                System.clearProperty("socksProxyPort");
            }
            assertEquals(List.of(host + ":587"), proxy.asked());
        }
    }

    @Test
    void hostsThatNeedNoProxyAreConnectedDirectly() throws SmtpException {
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        System.setProperty("socksNonProxyHosts", "*.direct.test");
        try {
            Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", "mail_1.direct.test", 1));
            assertTrue(failure.message().contains("mail_1.direct.test:1"), failure.message());
            failure = Sessions.refusal(factory, SmtpSettings.of("bob", "mail_1.other.test", 1));
            assertTrue(failure.message().contains("127.0.0.1:1"), failure.message());
        } finally {
            List.of("socksProxyHost", "socksProxyPort", "socksNonProxyHosts").forEach(System::clearProperty);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSelectorThatCannotBeAskedEndsInARefusalAndNotInADirectConnection(boolean spoils) {
        ProxySelector usual = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                if (spoils) {
                    throw new IllegalArgumentException("no host");
                }
                return uri.getHost().isEmpty() ? List.of() : List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException cause) {
                // It is not told.
            }
        });
        try {
            Failure failure = Sessions.refusal(factory, SmtpSettings.of("bob", "mail_1.test", server.port()));
            assertFalse(failure.isTransient());
            assertTrue(failure.message().contains("mail_1.test needs a proxy cannot be told"), failure.message());
            assertEquals(0, server.connectionsOpened());
        } finally {
            ProxySelector.setDefault(usual);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theSelectorsFirstChoiceCounts(boolean direct) throws SmtpException {
        try (ScriptedProxy proxy = proxy(false, "", 0)) {
            Proxy http = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", proxy.port()));
            ProxySelector usual = ProxySelector.getDefault();
            ProxySelector.setDefault(new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    return direct ? List.of(Proxy.NO_PROXY, http) : List.of(http, Proxy.NO_PROXY);
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException cause) {
                    // It is not told.
                }
            });
            try {
                factory.open(Sessions.to(server), Deadline.NEVER).close();
            } finally {
                ProxySelector.setDefault(usual);
            }
            assertEquals(direct ? 0 : 1, proxy.asked().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://my_proxy:1080", "http://ann@my_proxy.test:3128", "socks5://[2001:db8::1]:1080"})
    void aProxysAddressIsReadAndWrittenAlike(String text) {
        assertEquals(text, ProxySettings.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy:1080", "ftp://proxy:1", "socks5://proxy", "http://a:b@proxy:1",
        "http://proxy:1/x", "socks5://:1080", "http://pro xy:1"})
    void whatIsNoProxysAddressIsRefused(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ProxySettings.parse(text)).getMessage();
        assertTrue(message.contains("expected"), message);
    }
}
