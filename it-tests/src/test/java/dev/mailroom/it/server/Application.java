package dev.mailroom.it.server;

import dev.mailroom.it.application.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The deployed application over HTTP: one kept-alive connection, as long as calls do not overlap. */
public final class Application {
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;

    /** @param deployed the address Arquillian tells; only its port and path are right */
    public Application(URL deployed) {
        this.address = "http://127.0.0.1:" + deployed.getPort() + deployed.getPath().replaceFirst("/?$", "/");
    }

    /** Has nobody in particular run the commands there. */
    public List<String> anonymously(String path, String... commands) {
        return run(request(path, commands));
    }

    /** Has that user run the commands there. */
    public List<String> as(String user, String path, String... commands) {
        byte[] credentials = (user + ":" + Secrets.of(user)).getBytes(StandardCharsets.UTF_8);
        return run(request(path, commands)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)));
    }

    private HttpRequest.Builder request(String path, String... commands) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofMinutes(2))
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", commands)));
    }

    private List<String> run(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(request.build().uri() + " answers " + response.statusCode() + ": "
                        + response.body());
            }
            return List.of(response.body().split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
