package dev.mailroom.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL of our own, from the operating system's package: fresh data directory, free port on the loopback,
 * fsync on, gone when closed. The server refuses to run as root, so root starts it as another user.
 */
public final class PrivatePostgres implements AutoCloseable {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final List<String> USERS = List.of("postgres", "nobody");

    private final Path directory;
    private final Path binaries;
    private final int port;
    private final Map<String, String> environment;
    private Process server;

    private PrivatePostgres(Path directory, Path binaries, int port, Map<String, String> environment)
            throws IOException {
        this.directory = directory;
        this.binaries = binaries;
        this.port = port;
        this.environment = Map.copyOf(environment);
        this.server = launch();
    }

    private Process launch() throws IOException {
        // Not in our own environment: what it loads belongs to the server, and not to who becomes its user.
        List<String> variables = environment.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue())
                .toList();
        return start(command("postgres", variables, "-D", directory.resolve("data").toString(),
                "-c", "listen_addresses=127.0.0.1", "-c", "port=" + port, "-c", "unix_socket_directories=",
                "-c", "max_connections=120", "-c", "max_prepared_transactions=20"), directory.resolve("server.log"));
    }

    /**
     * Starts one, or skips the test where the package is not installed. With the environment variable
     * {@code MAILROOM_REQUIRE_SERVERS=true} a missing package is a failure instead.
     */
    public static PrivatePostgres startOrSkip() throws IOException {
        return startOrSkip(Map.of());
    }

    /** The same with more in the environment of the server. */
    public static PrivatePostgres startOrSkip(Map<String, String> environment) throws IOException {
        Optional<Path> binaries = binaries();
        Required.orSkip(binaries.isPresent() ? Optional.empty() : Optional.of(
                "PostgreSQL is not installed (no " + PACKAGES + "/*/bin/initdb); apt install postgresql"));
        return start(binaries.orElseThrow(), environment);
    }

    private static PrivatePostgres start(Path binaries, Map<String, String> environment) throws IOException {
        Path directory = Files.createTempDirectory("mailroom-postgres");
        if (isRoot()) {
            directory.toFile().setExecutable(true, false);
            run(List.of("chown", user(), directory.toString()));
        }
        var initialise = new ArrayList<>(asUser());
        initialise.addAll(List.of(binaries.resolve("initdb").toString(), "-D", directory.resolve("data").toString(),
                "-U", "mailroom", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"));
        run(initialise);
        var postgres = new PrivatePostgres(directory, binaries, freePort(), environment);
        try {
            postgres.awaitReady();
            return postgres;
        } catch (IOException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    /** The URL of its only database; user {@code mailroom}, any password. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=mailroom";
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its process, for counting system calls. */
    public long pid() {
        return server.pid();
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!succeeds(command("pg_isready", "-q", "-h", "127.0.0.1", "-p", Integer.toString(port)))) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new IOException(
                        "PostgreSQL does not start:\n" + Files.readString(directory.resolve("server.log")));
            }
        }
    }

    /** Ends it, all its connections with it, and starts it again; returns once it answers. */
    public void restart() throws IOException {
        stop("fast");
        try {
            server.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        server = launch();
        awaitReady();
    }

    private void stop(String how) {
        succeeds(command("pg_ctl", "-D", directory.resolve("data").toString(), "-m", how, "-w", "stop"));
    }

    @Override
    public void close() throws IOException {
        stop("immediate");
        server.destroy();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    private List<String> command(String program, String... arguments) {
        return command(program, List.of(), arguments);
    }

    private List<String> command(String program, List<String> variables, String... arguments) {
        var command = new ArrayList<>(asUser());
        command.add("env");
        command.addAll(variables);
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static Optional<Path> binaries() throws IOException {
        if (!Files.isDirectory(PACKAGES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> asUser() {
        return isRoot() ? List.of("setpriv", "--reuid=" + user(), "--regid=" + group(), "--clear-groups") : List.of();
    }

    private static String user() {
        return USERS.stream().filter(user -> succeeds(List.of("id", user))).findFirst()
                .orElseThrow(() -> new IllegalStateException("neither of the users " + USERS + " exists"));
    }

    private static String group() {
        return user().equals("nobody") ? "nogroup" : user();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws IOException {
        Path log = Files.createTempFile("mailroom-postgres", ".log");
        if (finish(start(command, log)) != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
        Files.delete(log);
    }

    private static boolean succeeds(List<String> command) {
        try {
            return finish(new ProcessBuilder(command).directory(Path.of("/").toFile())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command).directory(Path.of("/").toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static int finish(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
