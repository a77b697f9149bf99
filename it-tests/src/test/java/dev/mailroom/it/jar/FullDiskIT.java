package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar whose spool has a small disk of its own, which somebody else fills up. */
final class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSWORD = "the-disk-is-full";

    @TempDir
    private Path root;

    @Test
    void itRefusesMailsBeforeTheDiskIsFullAndGoesOnByItselfOnceThereIsRoom() throws Exception {
        int port = RunnableJarIT.freePort();
        try (var disk = SmallDisk.mount(Files.createDirectories(root.resolve("disk")));
                var smtp = ScriptedSmtpServer.builder().reply(Step.RCPT, "451 4.2.1 Later").start();
                JarProcess jar = JarProcess.start(root, List.of("-Dmailroom.console.password=" + PASSWORD,
                        "-Dmailroom.console.mailbox=off", "-Dmailroom.spool.sweep=500ms",
                        "-Dmailroom.spool.directory=" + disk.at().resolve("spool"),
                        "-Dmailroom.spool.disk-reserve=32MiB",
                        "-Dmailroom.spool.retry.initial=1s", "-Dmailroom.spool.retry.max=1s"),
                        "--port", String.valueOf(port))) {
            jar.awaitBanner();
            var console = new Console("http://127.0.0.1:" + port, "admin:" + PASSWORD);
            assertEquals(201, console.post("/api/sessions", ("{\"username\":\"full\",\"server\":\"127.0.0.1\","
                    + "\"port\":%d,\"asynchronous\":true}").formatted(smtp.port())).status());
            assertEquals(202, send(console).status());

            disk.fill(16 << 20);
            eventually("a refusal", () -> send(console).status() == 503);
            Console.Answer refused = send(console);
            RunnableJarIT.isProblem(503, refused);
            assertTrue(refused.json().getString("detail").contains("mailroom.spool.disk-reserve"));
            assertEquals("1", refused.header("Retry-After"));
            String health = console.get("/health/ready").response().body();
            assertTrue(health.contains("the disk is nearly full"), health);

            // Each attempt to send the mail that waits is written down.
            disk.fill(0);
            eventually("MR0503", () -> jar.output().contains("MR0503"));
            RunnableJarIT.isProblem(503, send(console));

            disk.free();
            eventually("MR0512", () -> jar.output().contains("MR0512"));
            eventually("a mail", () -> send(console).status() == 202);
            smtp.behave();
            smtp.awaitMails(2, PATIENCE);
        }
    }

    private static Console.Answer send(Console console) {
        return console.post("/api/sessions/full/messages", RunnableJarIT.MAIL);
    }

    private static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, what + " never came");
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** In memory; only the administrator of the machine may have one. */
    private record SmallDisk(Path at) implements AutoCloseable {
        static SmallDisk mount(Path at) {
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "mailroom-full-disk", at.toString());
            Assumptions.assumeTrue(mounted, "a small disk cannot be mounted: only root may");
            return new SmallDisk(at);
        }

        private static boolean run(String... command) {
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return false;
                }
                return process.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Until so many octets are left. */
        void fill(long left) throws IOException {
            Path filler = Files.createTempFile(at, "filler", "");
            byte[] some = new byte[4096];
            try (OutputStream out = Files.newOutputStream(filler)) {
                while (Files.getFileStore(at).getUsableSpace() > left) {
                    out.write(some);
                }
            } catch (IOException e) {
                // The server's file has grown meanwhile: then the disk is full.
                if (Files.getFileStore(at).getUsableSpace() > left + some.length) {
                    throw e;
                }
            }
        }

        void free() throws IOException {
            try (var files = Files.newDirectoryStream(at, "filler*")) {
                for (Path filler : files) {
                    Files.delete(filler);
                }
            }
        }

        @Override
        public void close() {
            if (!run("umount", at.toString())) {
                throw new UncheckedIOException(new IOException(at + " cannot be unmounted"));
            }
        }
    }
}
