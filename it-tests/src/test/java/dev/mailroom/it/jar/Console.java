package dev.mailroom.it.jar;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The console's HTTP side.
 *
 * @param url without a final slash
 * @param login {@code user:password}; empty = none
 */
record Console(String url, String login) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What came back. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonObject json() {
            return Json.createReader(new StringReader(response.body())).readObject();
        }
    }

    Console as(String otherLogin) {
        return new Console(url, otherLogin);
    }

    Answer get(String path) {
        return ask("GET", path, "");
    }

    Answer delete(String path) {
        return ask("DELETE", path, "");
    }

    Answer post(String path, String json) {
        return ask("POST", path, json, "Content-Type", "application/json");
    }

    Answer ask(String method, String path, String body, String... headers) {
        return send(url + path, method, body, headers);
    }

    Answer send(String address, String method, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!login.isEmpty()) {
            request.header("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
