package org.example.invoicing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Payara Micro with the application, in a process and a folder of its own, on 127.0.0.1. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path output;
    private final int port;

    private Server(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Returns when the application answers. */
    static Server start(Path folder, String... properties) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(properties));
        command.addAll(List.of("-jar", path("target/payara-micro.jar"), "--disablephonehome", "--nohazelcast",
                "--prebootcommandfile", path("src/test/payara/pre-boot.txt"),
                "--logproperties", path("src/test/payara/logging.properties"), "--port", String.valueOf(port),
                "--contextroot", "/", "--deploy", path("target/invoicing.war")));
        Path output = folder.resolve("server.log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        Server server = new Server(process, output, port);
        try {
            server.awaitStatus("invoices/0", 404);
        } catch (Exception | AssertionError e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static String path(String file) {
        return Path.of(file).toAbsolutePath().toString();
    }

    HttpResponse<String> post(String path, String form) throws Exception {
        return client.send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
    }

    /** Waits until an answer contains a text. */
    void await(String path, String text) throws Exception {
        String answer = get(path).body();
        for (long end = end(); !answer.contains(text); answer = get(path).body()) {
            pause(end, answer);
        }
    }

    /** The application's own 404 names what is missing; before it is there the server answers with a page. */
    private void awaitStatus(String path, int status) throws Exception {
        for (long end = end();;) {
            try {
                if (get(path).statusCode() == status && Files.readString(output).contains("Payara Micro URLs")) {
                    return;
                }
            } catch (ConnectException e) {
                // It has not got that far.
            }
            pause(end, "no answer");
        }
    }

    private void pause(long end, String last) throws IOException, InterruptedException {
        if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
            throw new AssertionError(last + "\n" + Files.readString(output));
        }
    }

    private static long end() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
