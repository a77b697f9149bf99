package dev.mailroom.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An authorization server's token endpoint (RFC 6749) on a free port of 127.0.0.1. It issues {@code access-1},
 * {@code access-2} and so on, until told to do otherwise.
 */
public final class TokenServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger issued = new AtomicInteger();
    private volatile String expiresIn = "3600";
    private volatile Optional<String> validRefreshToken = Optional.empty();
    private volatile boolean rotating;
    private volatile boolean basicOnly;
    private volatile Answer answer = (form, exchange) -> false;

    /** Answers in place of the server. */
    public interface Answer {
        /** Whether it did. */
        boolean give(Map<String, String> form, HttpExchange exchange) throws IOException;
    }

    /** Started. */
    public TokenServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/token", this::handle);
        server.start();
    }

    /** Where tokens are fetched. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    /** What was asked so far: the fields of each form; {@code authorization} is the header of that name. */
    public List<Map<String, String>> requests() {
        return requests;
    }

    /** Seconds that tokens live from now on, as JSON; empty = it is not said. */
    public TokenServer expiresIn(String json) {
        expiresIn = json;
        return this;
    }

    /** From now on only this refresh token is accepted, and replaced with each use if {@code rotating}. */
    public TokenServer refreshToken(String token, boolean replaced) {
        validRefreshToken = Optional.of(token);
        rotating = replaced;
        return this;
    }

    /** From now on clients must use HTTP Basic. */
    public TokenServer basicOnly() {
        basicOnly = true;
        return this;
    }

    /** From now on this answers first. */
    public TokenServer answer(Answer first) {
        answer = first;
        return this;
    }

    /** From now on everything is answered so. */
    public TokenServer always(int status, String body) {
        return answer((form, exchange) -> send(exchange, status, body));
    }

    /** From now on nothing is answered. */
    public TokenServer silent() {
        return answer((form, exchange) -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
    }

    /** Behaves again. */
    public TokenServer behave() {
        return answer((form, exchange) -> false);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> form = new HashMap<>();
            Arrays.stream(new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&"))
                    .map(field -> field.split("=", 2))
                    .forEach(field -> form.put(field[0], URLDecoder.decode(field[1], UTF_8)));
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .ifPresent(header -> form.put("authorization", header));
            requests.add(form);
            if (!answer.give(form, exchange)) {
                behave(form, exchange);
            }
        }
    }

    private void behave(Map<String, String> form, HttpExchange exchange) throws IOException {
        if (basicOnly && !form.containsKey("authorization")) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"tokens\"");
            send(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        boolean refresh = "refresh_token".equals(form.get("grant_type"));
        if (refresh && !form.get("refresh_token").equals(validRefreshToken.orElse(form.get("refresh_token")))) {
            send(exchange, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"refresh token "
                    + form.get("refresh_token") + " was used\"}");
            return;
        }
        int number = issued.incrementAndGet();
        String next = "";
        if (refresh && rotating) {
            validRefreshToken = Optional.of("refresh-" + number);
            next = ",\"refresh_token\":\"refresh-" + number + "\"";
        }
        send(exchange, 200, "{\"access_token\":\"access-" + number + "\",\"token_type\":\"bearer\""
                + (expiresIn.isEmpty() ? "" : ",\"expires_in\":" + expiresIn) + next + "}");
    }

    /** Answers; true. */
    public static boolean send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
