package dev.mailroom.it.contract;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.TestProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** An application in a server of the test's own, which may be killed at any moment. */
final class RunningServer implements AutoCloseable {
    static {
        // Servers close connections that were idle for 30 s: a request at that very moment would fail.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
    }

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final SupportedServer kind;
    private final Path directory;
    private final TestProcess process;
    private final int port;
    private final String name;
    private final String address;

    private RunningServer(SupportedServer kind, Path directory, TestProcess process, int port, String name) {
        this.kind = kind;
        this.directory = directory;
        this.process = process;
        this.port = port;
        this.name = name;
        this.address = "http://127.0.0.1:" + port + "/" + name + "/";
    }

    /**
     * Starts it and waits until the application answers.
     *
     * @param directory of its own; the same one after a crash
     * @param war is named like the application's context
     */
    static RunningServer start(SupportedServer server, Path directory, Path war, Map<String, String> configuration)
            throws IOException, InterruptedException {
        RunningServer running = launch(server, directory, war, configuration);
        running.process.await("answering", running::answers);
        return running;
    }

    /** Starts it and waits for nothing. */
    static RunningServer launch(SupportedServer server, Path directory, Path war, Map<String, String> configuration)
            throws IOException {
        List<String> jvm = new ArrayList<>(List.of(
                SupportedServer.java().resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        configuration.forEach((key, value) -> jvm.add("-D" + key + "=" + value));
        int port = freePort();
        SupportedServer.Start start = server.prepare(directory, war, port, jvm);
        Path log = Files.createTempFile(directory, "server", ".log");
        TestProcess process = TestProcess.start(start.command(), start.environment(), directory, log);
        return new RunningServer(server, directory, process, port, name(war));
    }

    /** The name of an application, which is also that of its context. */
    static String name(Path war) {
        return war.getFileName().toString().replaceFirst("\\.war$", "");
    }

    /** Brings another application while the server runs, and waits until it answers. */
    RunningServer deploy(Path war) throws IOException, InterruptedException {
        kind.deploy(this, war);
        var guest = new RunningServer(kind, directory, process, port, name(war));
        process.await("answering", guest::answers);
        return guest;
    }

    /** Takes this application, which was brought while the server ran, away by way of one that stays. */
    void undeploy(RunningServer host) throws IOException, InterruptedException {
        kind.undeploy(host, name);
        process.await("rid of the application", () -> !answers());
    }

    /** Where the server keeps everything. */
    Path directory() {
        return directory;
    }

    /** Types a line into the server's console. */
    void type(String line) throws IOException {
        process.type(line);
    }

    /** Others of a server's ports are derived from it: not too high for those. */
    private static int freePort() throws IOException {
        int port;
        do {
            port = TestProcess.freePort();
        } while (port > 60_000);
        return port;
    }

    private boolean answers() {
        try {
            return send(HttpRequest.newBuilder(URI.create(address + "alive")).timeout(Duration.ofSeconds(20)))
                    .equals("alive");
        } catch (IOException e) {
            return false;
        }
    }

    /** Has nobody in particular do one thing. */
    String ask(String what, String... namesAndValues) throws IOException {
        return send(HttpRequest.newBuilder(contract(what, namesAndValues)).timeout(Duration.ofMinutes(2)));
    }

    /** Has a user do one thing. */
    String askAs(String user, String what, String... namesAndValues) throws IOException {
        return send(authorized(user, HttpRequest.newBuilder(contract(what, namesAndValues))
                .timeout(Duration.ofMinutes(2))));
    }

    private static HttpRequest.Builder authorized(String user, HttpRequest.Builder request) {
        byte[] credentials = (user + ":" + Secrets.of(user)).getBytes(StandardCharsets.UTF_8);
        return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    private URI contract(String what, String... namesAndValues) {
        var query = new StringJoiner("&", address + "contract?do=" + what + "&", "");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.add(namesAndValues[i] + "=" + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return URI.create(query.toString());
    }

    /** Has nobody in particular run commands on some kind of thread. */
    List<String> run(String path, String... commands) throws IOException {
        return List.of(send(post(path, commands)).split("\n", -1));
    }

    /** Has a user run commands on some kind of thread. */
    List<String> runAs(String user, String path, String... commands) throws IOException {
        return List.of(send(authorized(user, post(path, commands))).split("\n", -1));
    }

    private HttpRequest.Builder post(String path, String... commands) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofMinutes(2))
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", commands)));
    }

    /** What the application answers to a form. */
    String postForm(String path, String form) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** What the application shows. */
    String get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofMinutes(2)));
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(request.build().uri() + " answers " + response.statusCode() + ": "
                        + response.body());
            }
            return response.body().strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Whether the server has not ended by itself. */
    boolean runs() {
        return process.runs();
    }

    /** What it printed. */
    String log() {
        return process.output();
    }

    /** {@code kill -9}. */
    void kill() {
        process.close();
    }

    @Override
    public void close() {
        process.close();
    }
}
