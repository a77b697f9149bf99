package dev.mailroom.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A real Dovecot of its own in a temporary folder, on free ports of 127.0.0.1: POP3 and IMAP, each plain with STLS or
 * STARTTLS, and over implicit TLS; SASL PLAIN, LOGIN, XOAUTH2, OAUTHBEARER. Every user name has a mailbox, which is
 * empty at first, and the same password. Only one POP3 session at a time has a mailbox. Its certificate is {@link
 * TestCertificates#good}. Thread-safe.
 */
public final class PrivateDovecot implements AutoCloseable {
    /** The password of every user. */
    public static final String PASSWORD = "s3cret-of-all";

    private static final Path DOVECOT = Path.of("/usr/sbin/dovecot");
    private static final Path PROTOCOLS = Path.of("/usr/lib/dovecot");
    private static final byte[] TOKEN_KEY = "key of the tokens".getBytes(UTF_8);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private final String mechanisms;
    private final Path folder;
    private final DovecotFiles files;
    private final Thread hook = new Thread(this::stop);
    private final AtomicInteger delivered = new AtomicInteger();
    private DovecotFiles.Ports ports;
    private Optional<Process> master = Optional.empty();

    private PrivateDovecot(String mechanisms) throws IOException {
        this.mechanisms = mechanisms;
        folder = Files.createTempDirectory("mailroom-dovecot");
        files = new DovecotFiles(folder);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts one, which takes a second or two. Where that is impossible the calling test is skipped with a line that
     * says what to install; with {@code MAILROOM_REQUIRE_SERVERS=true} in the environment it fails instead.
     */
    public static PrivateDovecot startOrSkip() {
        return offering("plain login xoauth2 oauthbearer");
    }

    /** Starts one that offers these SASL mechanisms, of those that Dovecot knows. */
    public static PrivateDovecot offering(String mechanisms) {
        Required.orSkip(obstacle());
        try {
            PrivateDovecot dovecot = new PrivateDovecot(mechanisms);
            try {
                dovecot.start();
                return dovecot;
            } catch (IOException | RuntimeException e) {
                dovecot.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the private Dovecot did not start", e);
        }
    }

    private static Optional<String> obstacle() {
        List<String> missing = new ArrayList<>();
        if (!Files.isExecutable(DOVECOT) || !Files.isExecutable(PROTOCOLS.resolve("imap"))) {
            missing.add("dovecot-imapd");
        }
        if (!Files.isExecutable(DOVECOT) || !Files.isExecutable(PROTOCOLS.resolve("pop3"))) {
            missing.add("dovecot-pop3d");
        }
        if (!missing.isEmpty()) {
            return Optional.of("no private Dovecot: run apt-get install " + String.join(" ", missing));
        }
        return PostfixInstallation.root() ? Optional.empty()
                : Optional.of("no private Dovecot: run the tests as root, its master process has to change users");
    }

    /** POP3 in plain text, with STLS. */
    public int pop3Port() {
        return ports.pop3();
    }

    /** POP3 over implicit TLS. */
    public int pop3sPort() {
        return ports.pop3s();
    }

    /** IMAP in plain text, with STARTTLS. */
    public int imapPort() {
        return ports.imap();
    }

    /** IMAP over implicit TLS. */
    public int imapsPort() {
        return ports.imaps();
    }

    /** Puts a mail behind those in a user's inbox: each character is an octet, lines end with CRLF. */
    public void deliver(String user, String mail) {
        try {
            Path mailbox = files.mailbox(user);
            // Dovecot sorts new mails by the number in front.
            String name = 1_500_000_000 + delivered.incrementAndGet() + ".M1.private";
            Path unfinished = mailbox.resolve("tmp").resolve(name);
            Files.write(unfinished, mail.getBytes(ISO_8859_1));
            Files.move(unfinished, mailbox.resolve("new").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in a user's inbox, in the order of delivery, marked as deleted or not. */
    public List<String> mails(String user) {
        return inFolder(user, "");
    }

    /** What is in another folder of a user. */
    public List<String> inFolder(String user, String name) {
        List<Path> found = new ArrayList<>();
        try {
            Path mailbox = name.isEmpty() ? files.mailbox(user) : files.mailbox(user).resolve("." + name);
            for (String part : List.of("new", "cur")) {
                try (Stream<Path> all = Files.list(mailbox.resolve(part))) {
                    all.forEach(found::add);
                }
            }
            found.sort((a, b) -> a.getFileName().compareTo(b.getFileName()));
            List<String> mails = new ArrayList<>();
            for (Path file : found) {
                mails.add(Files.readString(file, ISO_8859_1));
            }
            return mails;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An access token (RFC 7519) with which that user logs in until then. */
    public static String token(String user, Instant expires) {
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64(("{\"sub\":\"" + user + "\",\"exp\":" + expires.getEpochSecond() + "}").getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TOKEN_KEY, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** The mail log so far. */
    public String log() {
        try {
            return Files.exists(files.log()) ? Files.readString(files.log(), UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its folder. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook is running, or has run.
            return;
        }
    }

    private void start() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Nobody can reserve a port for another process: if one was lost meanwhile, others are tried.
            ports = freePorts();
            Folders.delete(folder);
            Files.createDirectory(folder);
            files.write(ports, PASSWORD, mechanisms, TOKEN_KEY);
            // Its own log, not a pipe: reading that to the end would wait for every process that it starts.
            Process process = new ProcessBuilder(DOVECOT.toString(), "-F", "-c", files.configuration().toString())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
            synchronized (this) {
                master = Optional.of(process);
            }
            if (listens(process)) {
                return;
            }
            process.destroyForcibly();
        }
        throw new IOException("dovecot: " + Files.readString(folder.resolve("output")) + "\n" + log());
    }

    private static DovecotFiles.Ports freePorts() throws IOException {
        try (ServerSocket pop3 = Loopback.listen();
                ServerSocket pop3s = Loopback.listen();
                ServerSocket imap = Loopback.listen();
                ServerSocket imaps = Loopback.listen()) {
            return new DovecotFiles.Ports(pop3.getLocalPort(), pop3s.getLocalPort(), imap.getLocalPort(),
                    imaps.getLocalPort());
        }
    }

    /** Its master opens all ports before it serves any; false = it has ended instead. */
    private boolean listens(Process process) throws IOException {
        Instant latest = Instant.now().plus(LONGEST_START);
        while (process.isAlive() && Instant.now().isBefore(latest)) {
            try (Socket socket = new Socket()) {
                socket.connect(Loopback.address(ports.imaps()));
                return process.isAlive();
            } catch (IOException e) {
                try {
                    if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                        return false;
                    }
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while Dovecot started", interrupted);
                }
            }
        }
        return false;
    }

    /** Dovecot's other processes leave when their master is gone. */
    private synchronized void stop() {
        master.ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            } catch (RuntimeException e) {
                process.destroyForcibly();
            }
        });
        master = Optional.empty();
        Folders.delete(folder);
    }
}
