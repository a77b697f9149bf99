package dev.mailroom.benchmark.inside;

import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import dev.mailroom.it.server.MailApplication;
import fish.payara.micro.PayaraMicro;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** A Payara Micro with the application that mails, in a folder of its own that goes with it. */
final class ServerProcess implements AutoCloseable {
    /** Requests at once; as many senders as any scenario has, and some to spare. */
    private static final int HTTP_THREADS = 64;
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration REQUEST = Duration.ofMinutes(10);
    /** The collector and the heap of the other contenders, which need less of it. */
    static final List<String> JVM = List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC");

    private static final String SERVER = "set configs.config.server-config.";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final Process process;
    private final String address;

    private ServerProcess(Path folder, int port) throws IOException {
        this.folder = folder;
        this.address = "http://127.0.0.1:" + port;
        Path war = folder.resolve("sender.war");
        MailApplication.bare("sender", Map.of())
                .addClasses(SenderServlet.class, Share.class, Scenario.class, BenchmarkMails.class, Target.class)
                .as(ZipExporter.class).exportTo(war.toFile());
        Path commands = Files.write(folder.resolve("commands.txt"), List.of(
                SERVER + "network-config.network-listeners.network-listener.http-listener.address=127.0.0.1",
                SERVER + "thread-pools.thread-pool.http-thread-pool.max-thread-pool-size=" + HTTP_THREADS));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-jar", microJar().toString(), "--disablephonehome",
                "--nohazelcast", "--prebootcommandfile", commands.toString(), "--port", String.valueOf(port),
                "--contextroot", "/", "--deploy", war.toString()));
        process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    /** Starts one and waits until the application answers. */
    static ServerProcess start() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var server = new ServerProcess(Files.createTempDirectory("mailroom-benchmark"), port);
        try {
            server.awaitReady();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                get("/cpu");
                return;
            } catch (IOException e) {
                if (ended(Duration.ofMillis(100)) || System.nanoTime() > end) {
                    throw new IOException("Payara Micro does not serve the application:\n"
                            + Files.readString(log()), e);
                }
            }
        }
    }

    private static Path microJar() {
        try {
            return Path.of(PayaraMicro.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path log() {
        return folder.resolve("log.txt");
    }

    /** Of the operating system. */
    long pid() {
        return process.pid();
    }

    /** What the application answers. */
    String get(String path) throws IOException {
        return getAll(List.of(path)).get(0);
    }

    /** What the application answers to all of them, asked at once. */
    List<String> getAll(List<String> paths) throws IOException {
        List<CompletableFuture<String>> answers = paths.stream().map(this::ask).toList();
        try {
            return answers.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    private CompletableFuture<String> ask(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).timeout(REQUEST).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
            if (answer.statusCode() != 200) {
                throw new UncheckedIOException(
                        new IOException(path + " answers " + answer.statusCode() + ": " + answer.body()));
            }
            return answer.body();
        });
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the server and deletes its folder. */
    @Override
    public void close() {
        process.destroy();
        if (!ended(Duration.ofSeconds(10))) {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // Left to the operating system's care of temporary files.
            return;
        }
    }
}
