package dev.mailroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A mail server out of a Debian package that is unpacked, not installed: it runs in a mount namespace of its own, where
 * it finds its users, and passes every mail on to a {@link ScriptedSmtpServer}. Thread-safe.
 */
public final class UnpackedServer implements AutoCloseable {
    /** The user of servers that ask for a login. */
    public static final String USER = "ann";
    /** The password of {@link #USER}. */
    public static final String PASSWORD = "s3cret";
    /** How many mails Exim takes on a connection before it says 421. */
    public static final int EXIM_MAILS = 10;
    private static final int USER_ID = 65_533;

    private final Path folder;
    private final ScriptedSmtpServer receiver = ScriptedSmtpServer.builder().start();
    private final int port;
    private final Thread hook = new Thread(this::stop);
    private Optional<Process> process = Optional.empty();

    private UnpackedServer() throws IOException {
        folder = Files.createTempDirectory("mailroom-server");
        try (ServerSocket free = Loopback.listen()) {
            port = free.getLocalPort();
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Exim: STARTTLS and AUTH, CHUNKING; hangs up with 421 after {@link #EXIM_MAILS} mails. */
    public static UnpackedServer exim() {
        return start("usr/sbin/exim4", (server, root) -> server.run(List.of("Debian-exim"),
                server.cachedLibraries(root), "exec " + root.resolve("usr/sbin/exim4") + " -C "
                + server.write("exim.conf", server.eximConfiguration(root)) + " -bdf -q1s"));
    }

    /**
     * OpenSMTPD as Debian configures it: after 100 mails on a connection {@code 452 4.5.3} to MAIL, and it stays open.
     * Plain: its TLS does not work with Debian 12's OpenSSL. It does not rest before it connects to our receiver again.
     */
    public static UnpackedServer openSmtpd() {
        return start("usr/sbin/smtpd", (server, root) -> server.run(List.of("opensmtpd", "opensmtpq"), """
                mount -t tmpfs none /var/spool; mount -t tmpfs none /run; mount -t tmpfs none /var/lib
                mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty; chmod 711 /var/spool/smtpd
                """, "LD_LIBRARY_PATH=" + libraries(root) + " exec " + root.resolve("usr/sbin/smtpd") + " -d -f "
                + server.write("smtpd.conf", """
                        listen on 127.0.0.1 port %d hostname opensmtpd.private.test
                        mta limit conn-delay-route 0 reconn-delay-route 0
                        action "out" relay host smtp://127.0.0.1:%d
                        match from any for any action "out"
                        """.formatted(server.port, server.receiver.port()))));
    }

    private interface Launch {
        void begin(UnpackedServer server, Path root) throws IOException;
    }

    private static UnpackedServer start(String binary, Launch launch) {
        Optional<Path> root = root(binary);
        if (root.isEmpty()) {
            String obstacle = "no " + binary + ": run as root on Linux after .ci/run has unpacked it in target/servers";
            if (Boolean.parseBoolean(System.getenv("MAILROOM_REQUIRE_SERVERS"))) {
                Assertions.fail(obstacle);
            }
            Assumptions.abort(obstacle);
        }
        try {
            UnpackedServer server = new UnpackedServer();
            try {
                launch.begin(server, root.orElseThrow());
                server.awaitPort();
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(binary + " did not start", e);
        }
    }

    private static Optional<Path> root(String binary) {
        boolean root = "root".equals(System.getProperty("user.name"));
        for (Path at = Path.of("").toAbsolutePath(); root && at != null; at = at.getParent()) {
            Path servers = at.resolve("target/servers");
            if (Files.isExecutable(servers.resolve(binary))) {
                return Optional.of(servers);
            }
        }
        return Optional.empty();
    }

    /** Debian keeps them per architecture. */
    private static Path libraries(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("usr/lib"))) {
            return all.filter(path -> path.getFileName().toString().contains("-linux-")).findFirst()
                    .orElse(root.resolve("usr/lib"));
        }
    }

    /** Exim calls itself with other rights, and then looks nowhere but in the cache. */
    private String cachedLibraries(Path root) throws IOException {
        Path cache = folder.resolve("ld.so.cache");
        return "ldconfig -X -C " + cache + " " + libraries(root) + "\nmount --bind " + cache + " /etc/ld.so.cache\n";
    }

    private void run(List<String> users, String preparation, String command) throws IOException {
        StringBuilder passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        StringBuilder group = new StringBuilder(Files.readString(Path.of("/etc/group")));
        int id = USER_ID;
        for (String user : users) {
            passwd.append(user + ":x:" + id + ":" + id + "::/nonexistent:/usr/sbin/nologin\n");
            group.append(user + ":x:" + id + ":\n");
            id--;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        String script = "set -e\nmount --bind " + write("passwd", passwd.toString()) + " /etc/passwd\nmount --bind "
                + write("group", group.toString()) + " /etc/group\n" + preparation + "chown -R " + USER_ID + ":"
                + USER_ID + " " + folder + "\n# Exim insists on it\nchown root " + folder + "/*.conf\n" + command;
        Process started = new ProcessBuilder("unshare", "--mount", "sh", "-c", script).redirectErrorStream(true)
                .redirectOutput(log().toFile()).start();
        synchronized (this) {
            process = Optional.of(started);
        }
    }

    private Path write(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private Path log() {
        return folder.resolve("output.txt");
    }

    private void awaitPort() throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(Loopback.address(port), 1000);
                return;
            } catch (IOException e) {
                boolean over = !process.orElseThrow().isAlive() || System.nanoTime() - end > 0;
                if (over) {
                    throw new IOException("no answer: " + Files.readString(log()), e);
                }
            }
            pause();
        }
    }

    private void pause() throws IOException {
        try {
            process.orElseThrow().waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String eximConfiguration(Path root) throws IOException {
        Path pem = write("server.pem", TestCertificates.get().rsaPem());
        return """
                exim_path = %s
                keep_environment =
                primary_hostname = exim.private.test
                spool_directory = %s
                log_file_path = %s/%%slog
                pid_file_path = %s/pid
                local_interfaces = 127.0.0.1
                daemon_smtp_ports = %d
                disable_ipv6
                rfc1413_hosts =
                host_lookup =
                smtp_accept_max_per_connection = %d
                smtp_accept_max = 0
                smtp_accept_queue_per_connection = 0
                received_header_text =
                accept_8bitmime
                chunking_advertise_hosts = *
                tls_advertise_hosts = *
                tls_certificate = %s
                auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
                acl_smtp_rcpt = check
                acl_smtp_data = take
                begin acl
                check:
                  accept authenticated = *
                take:
                  accept
                begin routers
                all:
                  driver = manualroute
                  transport = out
                  route_list = * 127.0.0.1::%d
                  self = send
                begin transports
                out:
                  driver = smtp
                  hosts_try_chunking =
                  hosts_avoid_tls = *
                  allow_localhost
                begin retry
                * * F,1h,1s
                begin authenticators
                plain:
                  driver = plaintext
                  public_name = PLAIN
                  server_prompts = :
                  server_condition = ${if and{{eq{$auth2}{%s}}{eq{$auth3}{%s}}}}
                  server_set_id = $auth2
                """.formatted(root.resolve("usr/sbin/exim4"), folder, folder, folder, port, EXIM_MAILS, pem,
                receiver.port(), USER, PASSWORD);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Waits until that many mails went all the way through. */
    public List<ReceivedMail> awaitMails(long count, Duration longest) {
        return receiver.awaitMails(count, longest, this::said);
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Stops the server and deletes its folder. */
    @Override
    public void close() {
        stop();
        receiver.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook is running, or has run.
            return;
        }
    }

    /** Its children too: they are not ended by their parent's end. */
    private synchronized void stop() {
        process.ifPresent(started -> {
            List<ProcessHandle> children = started.descendants().toList();
            started.destroy();
            children.forEach(ProcessHandle::destroy);
            try {
                started.onExit().orTimeout(5, TimeUnit.SECONDS).join();
            } catch (RuntimeException e) {
                started.destroyForcibly();
                children.forEach(ProcessHandle::destroyForcibly);
            }
        });
        process = Optional.empty();
        Folders.delete(folder);
    }
}
