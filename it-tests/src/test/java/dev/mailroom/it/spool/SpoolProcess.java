package dev.mailroom.it.spool;

import dev.mailroom.it.server.QuickServer;
import dev.mailroom.it.server.TestProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Payara Micro of the test's own, with one application, that may be killed at any moment. */
final class SpoolProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    private final TestProcess process;
    private final String address;

    private SpoolProcess(TestProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it in a working directory and waits until the application answers. */
    static SpoolProcess start(Path directory, WebArchive application, Map<String, String> configuration)
            throws Exception {
        return start(directory, application, configuration, List.of(), List.of());
    }

    /** The same with libraries that the whole server sees, and more options of Payara Micro. */
    static SpoolProcess start(Path directory, WebArchive application, Map<String, String> configuration,
            List<Path> libraries, List<String> options) throws Exception {
        Files.createDirectories(directory);
        Path war = directory.resolve("spool.war");
        application.as(ZipExporter.class).exportTo(war.toFile(), true);
        Path log = Files.createTempFile(directory, "server", ".log");
        int port = TestProcess.freePort();
        List<String> command = QuickServer.jvm();
        configuration.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(QuickServer.run(libraries));
        command.addAll(List.of("--disablephonehome", "--nohazelcast",
                "--prebootcommandfile", Path.of("src/test/payara/pre-boot.txt").toAbsolutePath().toString(),
                "--port", String.valueOf(port), "--deploy", war.toAbsolutePath().toString()));
        command.addAll(options);
        TestProcess process = TestProcess.start(command, Map.of(), directory, log);
        var server = new SpoolProcess(process, "http://127.0.0.1:" + port + "/spool/");
        process.await("answering", server::answers);
        return server;
    }

    private boolean answers() {
        try {
            return get("alive").equals("alive");
        } catch (IOException e) {
            return false;
        }
    }

    /** What the application answers; fails when the server is gone. */
    String get(String path) throws IOException {
        try {
            HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(path + " answers " + response.statusCode());
            }
            return response.body().strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What it printed. */
    String log() {
        return process.output();
    }

    /** {@code kill -9}. */
    void kill() {
        process.close();
    }

    /** Asks it to stop and waits until it has. */
    void stop() throws InterruptedException {
        process.stop();
        process.awaitExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
