package dev.mailroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A real Postfix of its own in a temporary folder, on free ports of 127.0.0.1, without systemd. It passes every mail
 * on to a {@link ScriptedSmtpServer}, where the test reads it byte by byte as it was sent: Postfix adds nothing, except
 * an empty line to a content without header fields, and cannot take a content of no bytes at all. One user:
 * {@link #USER}. Its certificate is {@link TestCertificates#good}. Thread-safe.
 */
public final class PrivatePostfix implements AutoCloseable {
    /** The user of the submission and SMTPS services. */
    public static final String USER = "ann";
    /** The password of {@link #USER}. */
    public static final String PASSWORD = "s3cret of ann";
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final PostfixFiles files;
    private final ScriptedSmtpServer receiver = ScriptedSmtpServer.builder().start();
    private final Thread hook = new Thread(this::stop);
    private int plainPort;
    private int submissionPort;
    private int smtpsPort;
    private Optional<ProcessHandle> master = Optional.empty();

    private final OptionalInt relay;

    private PrivatePostfix(OptionalInt relay) throws IOException {
        this.relay = relay;
        folder = Files.createTempDirectory("mailroom-postfix");
        files = new PostfixFiles(folder);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts one, which takes a second or two. Where that is impossible the calling test is skipped with a line that
     * says what to install; with {@code MAILROOM_REQUIRE_SERVERS=true} in the environment it fails instead.
     */
    public static PrivatePostfix startOrSkip() {
        return startOrSkip(OptionalInt.empty());
    }

    /** Starts one that relays to another port of the loopback than its own receiver's. */
    public static PrivatePostfix relayingTo(int port) {
        return startOrSkip(OptionalInt.of(port));
    }

    /** Starts one that offers these SASL mechanisms, of those that Cyrus SASL knows. */
    public static PrivatePostfix offering(String mechanisms) {
        PrivatePostfix postfix = startOrSkip();
        try {
            // No process has read them yet: the first connection starts it.
            postfix.files.mechanisms(mechanisms);
            return postfix;
        } catch (IOException e) {
            postfix.close();
            throw new UncheckedIOException(e);
        }
    }

    private static PrivatePostfix startOrSkip(OptionalInt relay) {
        Required.orSkip(PostfixInstallation.obstacle());
        try {
            PrivatePostfix postfix = new PrivatePostfix(relay);
            try {
                postfix.start();
                return postfix;
            } catch (IOException | RuntimeException e) {
                postfix.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the private Postfix did not start", e);
        }
    }

    /** Plain SMTP: no TLS, no AUTH, mail is taken from anybody on the loopback. */
    public int plainPort() {
        return plainPort;
    }

    /** Submission (RFC 6409): STARTTLS required, then AUTH PLAIN or LOGIN required. */
    public int submissionPort() {
        return submissionPort;
    }

    /** Submissions over implicit TLS (RFC 8314), AUTH PLAIN or LOGIN required. */
    public int smtpsPort() {
        return smtpsPort;
    }

    /** Where every accepted mail ends up; script it to see what Postfix does with refusals. */
    public ScriptedSmtpServer receiver() {
        return receiver;
    }

    /** Waits until that many mails went all the way through. */
    public List<ReceivedMail> awaitMails(long count, Duration longest) {
        return receiver.awaitMails(count, longest, this::log);
    }

    /** The mail log so far. */
    public String log() {
        try {
            return Files.exists(files.log()) ? Files.readString(files.log(), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private void start() throws IOException {
        String complaint = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Nobody can reserve a port for another process: if one was lost meanwhile, three others are tried.
            pickPorts();
            Folders.delete(folder);
            Files.createDirectory(folder);
            files.write(plainPort, submissionPort, smtpsPort, relay.orElseGet(receiver::port));
            run(PASSWORD, PostfixInstallation.SASLPASSWD.toString(), "-p", "-c", "-f", files.passwords().toString(),
                    "-u", PostfixFiles.HOST, USER);
            files.passwordsWritten();
            complaint = run("", PostfixInstallation.POSTFIX.toString(), "-c", files.configuration().toString(),
                    "start");
            if (complaint.isEmpty()) {
                long pid = Long.parseLong(Files.readString(files.pid()).strip());
                synchronized (this) {
                    master = ProcessHandle.of(pid);
                }
                return;
            }
        }
        throw new IOException("postfix start: " + complaint + "\n" + log());
    }

    private void pickPorts() throws IOException {
        try (ServerSocket plain = Loopback.listen();
                ServerSocket submission = Loopback.listen();
                ServerSocket smtps = Loopback.listen()) {
            plainPort = plain.getLocalPort();
            submissionPort = submission.getLocalPort();
            smtpsPort = smtps.getLocalPort();
        }
    }

    /** Runs a command with that input; empty = it succeeded, else what it printed. */
    private String run(String input, String... command) throws IOException {
        // Daemons inherit the output: with a pipe, reading it to the end would wait for them.
        Path output = Files.createTempFile("mailroom-command", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            boolean done = process.waitFor(30, TimeUnit.SECONDS);
            if (done && process.exitValue() == 0) {
                return "";
            }
            process.destroyForcibly();
            return (done ? "failed: " : "not done after 30 s: ") + Files.readString(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command[0] + " ran", e);
        } finally {
            Files.delete(output);
        }
    }

    /** Postfix's other processes leave by themselves when their master is gone. */
    private synchronized void stop() {
        master.ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
            } catch (RuntimeException e) {
                process.destroyForcibly();
            }
        });
        master = Optional.empty();
        Folders.delete(folder);
    }
}
