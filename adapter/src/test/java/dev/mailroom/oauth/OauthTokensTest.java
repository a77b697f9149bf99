package dev.mailroom.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.TokenException;
import dev.mailroom.testing.HandClock;
import dev.mailroom.testing.LogCapture;
import dev.mailroom.testing.TokenServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a token server that expires, fails, is slow, and replaces refresh tokens. */
@Timeout(300)
class OauthTokensTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final TokenServer server = new TokenServer();
    private final HandClock clock = new HandClock();

    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void close() {
        ended.countDown();
        server.close();
    }

    private OauthTokens tokens(Secret refreshToken) {
        return new OauthTokens(settings(refreshToken, PATIENCE), clock);
    }

    private OauthSettings settings(Secret refreshToken, Duration timeout) {
        return new OauthSettings(server.url(), "client & co", Secret.password("s3cret+&="), refreshToken,
                "https://mail.example.org/.default offline_access", timeout);
    }

    private OauthTokens ofClient() {
        return tokens(Secret.none());
    }

    private Secret file(String content) throws Exception {
        return ConfigurationType.secretFile(Secret::password)
                .parse(Files.writeString(folder.resolve("refresh"), content + "\n").toString());
    }

    @Test
    void theClientAsksForItselfWhereThereIsNoRefreshToken() throws Exception {
        assertEquals("access-1", ofClient().token(PATIENCE).value());
        assertEquals(List.of(Map.of("grant_type", "client_credentials", "client_id", "client & co", "client_secret",
                "s3cret+&=", "scope", "https://mail.example.org/.default offline_access")), server.requests());
    }

    @Test
    void aRefreshTokenIsShownWhereThereIsOne() throws Exception {
        assertEquals("access-1", tokens(Secret.password("r3fresh")).token(PATIENCE).value());
        assertEquals("refresh_token", server.requests().get(0).get("grant_type"));
        assertEquals("r3fresh", server.requests().get(0).get("refresh_token"));
    }

    @Test
    void aServerThatWantsBasicGetsIt() throws Exception {
        server.basicOnly();
        OauthTokens tokens = ofClient();
        assertEquals("access-1", tokens.token(PATIENCE).value());
        Map<String, String> request = server.requests().get(1);
        assertEquals("Basic Y2xpZW50KyUyNitjbzpzM2NyZXQlMkIlMjYlM0Q=", request.get("authorization"));
        assertFalse(request.containsKey("client_secret"));
        clock.advance(Duration.ofHours(2));
        tokens.token(PATIENCE);
        assertEquals(3, server.requests().size(), "it is known from then on");
    }

    @Test
    void aTokenIsKeptUntilAMinuteBeforeItEnds() throws Exception {
        OauthTokens tokens = ofClient();
        AccessToken first = tokens.token(PATIENCE);
        assertEquals(clock.instant().plusSeconds(3600), first.expiresAt());
        clock.advance(Duration.ofSeconds(3539));
        assertEquals(first, tokens.token(PATIENCE));
        clock.advance(Duration.ofSeconds(2));
        assertEquals("access-2", tokens.token(PATIENCE).value());
        assertEquals(2, server.requests().size());
    }

    @Test
    void aTokenThatLivesShortlyIsKeptForHalfOfItsLife() throws Exception {
        server.expiresIn("40");
        OauthTokens tokens = ofClient();
        tokens.token(PATIENCE);
        clock.advance(Duration.ofSeconds(19));
        assertEquals("access-1", tokens.token(PATIENCE).value());
        clock.advance(Duration.ofSeconds(2));
        assertEquals("access-2", tokens.token(PATIENCE).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "\"soon\"", "true", "NaN", "1e300"})
    void aTokenWithoutAKnownEndIsKept(String expiresIn) throws Exception {
        server.expiresIn(expiresIn);
        OauthTokens tokens = ofClient();
        tokens.token(PATIENCE);
        clock.advance(Duration.ofDays(30));
        assertEquals("access-1", tokens.token(PATIENCE).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"-1\"", "-1e300", "0.5"})
    void aTokenThatIsSaidToHaveEndedIsKeptShortly(String expiresIn) throws Exception {
        server.expiresIn(expiresIn);
        OauthTokens tokens = ofClient();
        tokens.token(PATIENCE);
        clock.advance(Duration.ofSeconds(29));
        assertEquals("access-1", tokens.token(PATIENCE).value());
        clock.advance(Duration.ofSeconds(2));
        assertEquals("access-2", tokens.token(PATIENCE).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true", "17", "\"\"", "\" \"", "\"a\\nb\"", "\"a\\u0000\"", "null", "{}"})
    void whatCannotBeARefreshTokenTakesThePlaceOfNone(String next) throws Exception {
        server.always(200, "{\"access_token\":\"a\",\"expires_in\":10,\"refresh_token\":" + next + "}");
        OauthTokens tokens = tokens(file("first"));
        tokens.token(PATIENCE);
        clock.advance(Duration.ofHours(2));
        tokens.token(PATIENCE);
        assertEquals("first\n", Files.readString(folder.resolve("refresh")));
        assertEquals("first", server.requests().get(1).get("refresh_token"));
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        OauthTokens tokens = ofClient();
        AccessToken first = tokens.token(PATIENCE);
        assertTrue(tokens.refused(first));
        assertTrue(tokens.refused(first));
        assertEquals("access-2", tokens.token(PATIENCE).value());
        assertTrue(tokens.refused(first), "told late: the second is not given up for it");
        assertEquals("access-2", tokens.token(PATIENCE).value());
    }

    @Test
    void manyWhoNeedATokenAtOnceCostOneRequest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        server.answer((form, exchange) -> {
            asked.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        OauthTokens tokens = ofClient();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<AccessToken>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> tokens.token(PATIENCE)));
            }
            asked.await();
            go.countDown();
            for (Future<AccessToken> one : all) {
                assertEquals("access-1", one.get(60, TimeUnit.SECONDS).value());
            }
            assertEquals(1, server.requests().size());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTokenThatIsStillGoodIsUsedWhileTheServerFails() throws Exception {
        OauthTokens tokens = ofClient();
        tokens.token(PATIENCE);
        server.always(503, "");
        clock.advance(Duration.ofSeconds(3550));
        assertEquals("access-1", tokens.token(PATIENCE).value());
        clock.advance(Duration.ofSeconds(51));
        assertFalse(assertThrows(TokenException.class, () -> tokens.token(PATIENCE)).lasting());
        server.behave();
        assertEquals("access-2", tokens.token(PATIENCE).value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400|{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS700082: expired\\u202e\"}|true|"
                + "400 invalid_grant (AADSTS700082: expired\\u202e)",
        "401|{\"error\":\"invalid_client\"}|true|check oauth.client-id",
        "400|{\"error\":\"invalid_scope\"}|true|check oauth.scope",
        "400|{\"error\":\"unsupported_grant_type\"}|true|check oauth.token-url",
        "400|{\"error\":\"temporarily_unavailable\"}|false|400 temporarily_unavailable",
        "404|<html>|true|refused with 404; check oauth.token-url", "302||true|refused with 302; check oauth.token-url",
        "429||false|refused with 429", "503|oops|false|refused with 503",
        "200|{}|false|without a bearer token", "200|<html>|false|without a bearer token",
        "200|{\"access_token\":true}|false|without a bearer token",
        "200|{\"access_token\":17}|false|without a bearer token",
        "200|{\"access_token\":\"a\",\"token_type\":\"mac\"}|false|without a bearer token",
        "200|{\"access_token\":\"a\\nb\"}|false|cannot be a token",
        "200|{\"access_token\":\"\"}|false|cannot be a token"})
    void whatTheServerSaysInsteadIsAnErrorOfItsOwn(int status, String body, boolean lasting, String said) {
        server.always(status, body == null ? "" : body);
        TokenException e = assertThrows(TokenException.class, () -> ofClient().token(PATIENCE));
        assertEquals(lasting, e.lasting(), e.getMessage());
        assertTrue(e.getMessage().contains("the token server 127.0.0.1:") && e.getMessage().contains(said),
                e.getMessage());
    }

    @Test
    void noSecretIsShownWhateverTheServerRepeats() {
        server.always(400, "{\"error\":\"bad s3cret+&=\",\"error_description\":\"r3fresh is wrong, s3cret+&= too\"}");
        String message = assertThrows(TokenException.class,
                () -> tokens(Secret.password("r3fresh")).token(PATIENCE)).getMessage();
        assertFalse(message.contains("s3cret") || message.contains("r3fresh"), message);
        assertTrue(message.contains("*** is wrong, *** too"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret=s3cret%2B%26%3D&x", "s3cret%2b%26%3d", "s3cret+&=",
        "Basic Y2xpZW50KyUyNitjbzpzM2NyZXQlMkIlMjYlM0Q=", "Y2xpZW50ICYgY286czNjcmV0KyY9", "czNjcmV0KyY9",
        "refresh_token=r3+fr%2Fesh", "r3%20fr%2fesh", "r3 fr/esh"})
    void noSecretIsShownInTheFormsOfTheRequest(String repeated) {
        OauthTokens tokens = tokens(Secret.password("r3 fr/esh"));
        server.always(400, "{\"error_description\":\"not " + repeated + "\"}");
        String message = assertThrows(TokenException.class, () -> tokens.token(PATIENCE)).getMessage();
        assertTrue(message.contains("***") && !message.matches(".*(s3cret|3NjcmV|czNj|r3).*"), message);
    }

    @Test
    void noCauseShowsASecret() {
        TokenFailures failures = new TokenFailures(settings(Secret.none(), PATIENCE), "s3cret+&=", "");
        IOException harmless = new IOException("reset", new IOException("by peer"));
        assertSame(harmless, failures.lost(harmless).getCause());
        for (IOException telling : List.of(new IOException("bad line: s3cret%2B%26%3D"),
                new IOException("bad line", new IllegalStateException("s3cret+&=")))) {
            StringWriter all = new StringWriter();
            failures.lost(telling).printStackTrace(new PrintWriter(all));
            assertFalse(all.toString().contains("s3cret"), all.toString());
            assertTrue(all.toString().contains("bad line"), all.toString());
        }
    }

    @Test
    void aSilentServerIsGivenUpAndAnEndlessAnswerToo() {
        server.silent();
        OauthTokens impatient = new OauthTokens(settings(Secret.none(), Duration.ofMillis(200)), clock);
        TokenException silent = assertThrows(TokenException.class, () -> impatient.token(PATIENCE));
        assertTrue(silent.getMessage().contains("has not answered within 200 ms"), silent.getMessage());
        TokenException hurried = assertThrows(TokenException.class, () -> ofClient().token(Duration.ofMillis(150)));
        assertTrue(hurried.getMessage().contains("within 150 ms"), hurried.getMessage());
        assertFalse(hurried.lasting());

        server.answer((form, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(8192).getBytes();
            for (int i = 0; i < 100_000; i++) {
                exchange.getResponseBody().write(spaces);
            }
            return true;
        });
        TokenException endless = assertThrows(TokenException.class, () -> ofClient().token(PATIENCE));
        assertTrue(endless.getMessage().contains("more than 65536 octets"), endless.getMessage());
    }

    @Test
    void anAnswerThatTricklesIsGivenUpInTime() {
        server.answer((form, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            // The rest never comes; the client goes away.
            return awaitClosed();
        });
        OauthTokens impatient = new OauthTokens(settings(Secret.none(), Duration.ofMillis(300)), clock);
        TokenException e = assertThrows(TokenException.class, () -> impatient.token(PATIENCE));
        assertTrue(e.getMessage().contains("within 300 ms"), e.getMessage());
    }

    private boolean awaitClosed() {
        try {
            return ended.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    void nobodyListening() {
        server.close();
        TokenException e = assertThrows(TokenException.class, () -> ofClient().token(PATIENCE));
        assertTrue(e.getMessage().contains("did not answer"), e.getMessage());
        assertFalse(e.lasting());
    }

    @Test
    void aReplacedRefreshTokenIsKeptInMemoryWhereItWasGivenAsAValue() throws Exception {
        server.refreshToken("first", true);
        try (LogCapture log = LogCapture.of("dev.mailroom.configuration")) {
            OauthTokens tokens = tokens(Secret.password("first"));
            for (int i = 1; i <= 3; i++) {
                assertEquals("access-" + i, tokens.token(PATIENCE).value());
                clock.advance(Duration.ofHours(2));
            }
            assertEquals(1, log.lines().stream().filter(line -> line.startsWith("WARNING MR0405")).count());
            assertTrue(log.lines().get(0).contains("use oauth.refresh-token-file"), log.lines().get(0));
            assertFalse(log.lines().toString().contains("refresh-1"));
        }
    }

    @Test
    void aReplacedRefreshTokenIsWrittenIntoItsFile() throws Exception {
        server.refreshToken("first", true);
        Secret file = file("first");
        Files.setPosixFilePermissions(folder.resolve("refresh"), PosixFilePermissions.fromString("rw-r-----"));
        OauthTokens tokens = tokens(file);
        tokens.token(PATIENCE);
        assertEquals("refresh-1\n", Files.readString(folder.resolve("refresh")));
        assertEquals("rw-r-----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("refresh"))));
        clock.advance(Duration.ofHours(2));
        tokens.token(PATIENCE);
        assertEquals("refresh-2\n", Files.readString(folder.resolve("refresh")));
        try (var all = Files.list(folder)) {
            assertEquals(1, all.count(), "nothing is left beside it");
        }
    }

    @Test
    void aRefreshTokenThatSomebodyElseHasUsedIsReadAgain() throws Exception {
        server.refreshToken("second", true);
        OauthTokens tokens = tokens(file("first"));
        Path path = folder.resolve("refresh");
        Files.setLastModifiedTime(path, Files.getLastModifiedTime(path));
        server.answer((form, exchange) -> {
            if (form.get("refresh_token").equals("first")) {
                // Another server has used the first up, and writes what it got.
                Files.writeString(path, "second\n");
            }
            return false;
        });
        assertEquals("access-1", tokens.token(PATIENCE).value());
        assertEquals("refresh-1\n", Files.readString(path));
    }

    @Test
    void aTokenServersUrlKeepsSecretsSafe() {
        for (String url : List.of("https://login.example.org/t", "http://localhost:1/t", "http://127.0.0.1/t",
                "http://[::1]:8/t", "HTTPS://login.example.org/t?tenant=1")) {
            assertEquals(URI.create(url), OauthSettings.tokenUrl(url));
        }
        for (String url : List.of("http://login.example.org/t", "http://localhost.example.org/t", "ftp://localhost/t",
                "login.example.org", "https:///t", "https://user:pass@example.org/t",
                "https://example.org/t#a", "https://a b", "http://10.0.0.1/t", "http://127.0.0.1.example.org/")) {
            assertThrows(IllegalArgumentException.class, () -> OauthSettings.tokenUrl(url), url);
        }
    }

    @Test
    void nothingShowsASecret() throws Exception {
        OauthSettings settings = settings(Secret.password("r3fresh"), PATIENCE);
        assertFalse((settings + " " + OauthTokens.secret(settings, clock) + " " + ofClient().token(PATIENCE))
                .matches("(?s).*(r3fresh|s3cret|access-1).*"));
    }
}
