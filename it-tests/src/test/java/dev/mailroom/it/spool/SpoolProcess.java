package dev.mailroom.it.spool;

import dev.mailroom.it.server.QuickServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Payara Micro of the test's own, with one application, that may be killed at any moment. */
final class SpoolProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    private final Process process;
    private final Path log;
    private final String address;

    private SpoolProcess(Process process, Path log, String address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    /** Starts it in a working directory and waits until the application answers. */
    static SpoolProcess start(Path directory, WebArchive application, Map<String, String> configuration)
            throws Exception {
        return start(directory, application, configuration, List.of());
    }

    /** The same with more options of Payara Micro. */
    static SpoolProcess start(Path directory, WebArchive application, Map<String, String> configuration,
            List<String> options) throws Exception {
        Files.createDirectories(directory);
        Path war = directory.resolve("spool.war");
        application.as(ZipExporter.class).exportTo(war.toFile(), true);
        Path log = Files.createTempFile(directory, "server", ".log");
        int port = freePort();
        List<String> command = QuickServer.jvm();
        configuration.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar(options).toString(),
                "--disablephonehome", "--nohazelcast",
                "--prebootcommandfile", Path.of("src/test/payara/pre-boot.txt").toAbsolutePath().toString(),
                "--port", String.valueOf(port), "--deploy", war.toAbsolutePath().toString()));
        command.addAll(options);
        Process process = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        var server = new SpoolProcess(process, log, "http://127.0.0.1:" + port + "/spool/");
        server.awaitReady();
        return server;
    }

    /** Payara Micro's own where libraries are added, for which it needs its own class loader. */
    private static Path jar(List<String> options) {
        return options.contains("--addlibs")
                ? Path.of(System.getProperty("payara.originalJar")).toAbsolutePath() : QuickServer.jar();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                close();
                throw new AssertionError("the server does not answer:\n" + Files.readString(log));
            }
        }
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
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("does not stop:\n" + log());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
