package dev.mailroom.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Secret;
import dev.mailroom.secret.TokenException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One request to the token endpoint. The client proves itself in the body (RFC 6749, section 2.3.1), as the large
 * providers document it, and with HTTP Basic where the server asks for that. Redirections are not followed.
 */
final class TokenRequest {
    private static final int MOST = 65_536;

    private final OauthSettings settings;
    private final Clock clock;
    /** Whether this server wants HTTP Basic. */
    private volatile boolean basic;

    TokenRequest(OauthSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @param refreshToken empty = none is used */
    TokenAnswer send(String refreshToken, Duration patience) throws TokenException {
        Duration longest = patience.compareTo(settings.timeout()) < 0 ? patience : settings.timeout();
        String clientSecret = settings.clientSecret().current(longest).value();
        Instant begun = clock.instant();
        TokenFailures failures = new TokenFailures(settings, clientSecret, refreshToken);
        HttpResponse<byte[]> response = exchange(clientSecret, refreshToken, longest, failures);
        if (response.statusCode() == 401 && !basic && !clientSecret.isEmpty() && asksForBasic(response)) {
            basic = true;
            response = exchange(clientSecret, refreshToken, longest, failures);
        }
        String body = new String(response.body(), UTF_8);
        Map<String, String> fields = JsonFields.of(body);
        if (response.statusCode() != 200) {
            throw failures.refused(response.statusCode(), fields);
        }
        return failures.answer(JsonFields.texts(body), fields, begun);
    }

    private static boolean asksForBasic(HttpResponse<?> response) {
        return response.headers().allValues("WWW-Authenticate").stream()
                .anyMatch(scheme -> scheme.regionMatches(true, 0, "Basic", 0, "Basic".length()));
    }

    private HttpResponse<byte[]> exchange(String clientSecret, String refreshToken, Duration longest,
            TokenFailures failures) throws TokenException {
        // Made for one request an hour and then forgotten: its threads end with it.
        HttpClient client = HttpClient.newBuilder().connectTimeout(longest)
                .followRedirects(HttpClient.Redirect.NEVER).build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request(clientSecret, refreshToken, longest), head -> new BoundedBody(MOST));
        try {
            // The client's own limit ends with the head of the answer.
            return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failures.silent(longest);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                throw failures.silent(longest);
            }
            throw failures.lost(e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted();
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(String clientSecret, String refreshToken, Duration longest) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", refreshToken.isEmpty() ? "client_credentials" : "refresh_token");
        if (!refreshToken.isEmpty()) {
            form.put("refresh_token", refreshToken);
        }
        if (!settings.scope().isEmpty()) {
            form.put("scope", settings.scope());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.tokenUrl()).timeout(longest)
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json");
        if (basic) {
            String pair = encoded(settings.clientId()) + ":" + encoded(clientSecret);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        } else {
            form.put("client_id", settings.clientId());
            if (settings.clientSecret().kind() != Secret.Kind.NONE) {
                form.put("client_secret", clientSecret);
            }
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")))).build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
