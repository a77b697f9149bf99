package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.testing.PrivateDovecot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} at random moments while a listener empties a mailbox: every mail is handled, none is left. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class ListenerCrashIT {
    private static final int KILLS = Integer.getInteger("mailroom.it.listener-kills", 20);
    private static final int MAILS = 500;
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path directory;
    private final Map<String, Integer> handled = new TreeMap<>();

    private Process program(PrivateDovecot dovecot, MailProtocol protocol) throws IOException {
        int port = protocol == MailProtocol.POP3 ? dovecot.pop3Port() : dovecot.imapPort();
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ListenerProgram.class.getName(), directory.resolve("spool").toString(), protocol.name(),
                String.valueOf(port), "crash-" + protocol, PrivateDovecot.PASSWORD)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** True = a whole line; the last one of a killed process may be cut. */
    private boolean note(String line) {
        boolean whole = line.matches("mail \\d{3}");
        if (whole) {
            handled.merge(line, 1, Integer::sum);
        }
        return whole;
    }

    private void kill(PrivateDovecot dovecot, MailProtocol protocol) throws Exception {
        Process process = program(dovecot, protocol);
        int last = 1 + ThreadLocalRandom.current().nextInt(MAILS / KILLS - 1);
        try (BufferedReader output = output(process)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last -= note(line) ? 1 : 0;
                if (last == 0) {
                    // Not Process.destroyForcibly, which closes the output with what was handled.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(KILLED, process.exitValue(), "it has ended by itself");
    }

    @ParameterizedTest
    @EnumSource(names = {"POP3", "IMAP"})
    void everyMailIsHandledWheneverTheProcessIsKilled(MailProtocol protocol) throws Exception {
        Set<String> all = IntStream.range(0, MAILS).mapToObj(i -> String.format("mail %03d", i))
                .collect(Collectors.toSet());
        try (PrivateDovecot dovecot = PrivateDovecot.startOrSkip()) {
            String user = "crash-" + protocol;
            all.stream().sorted().forEach(subject -> dovecot.deliver(user, "Subject: " + subject + "\r\n\r\ntext\r\n"));
            for (int i = 0; i < KILLS; i++) {
                kill(dovecot, protocol);
            }
            Process last = program(dovecot, protocol);
            try (BufferedReader output = output(last)) {
                String line = output.readLine();
                while (line != null) {
                    note(line);
                    if (handled.keySet().containsAll(all)) {
                        // It ends by itself, and finishes what it has begun.
                        last.getOutputStream().close();
                    }
                    line = output.readLine();
                }
                assertTrue(last.waitFor(1, TimeUnit.MINUTES), "it does not end");
                assertEquals(0, last.exitValue());
            } finally {
                last.destroyForcibly();
            }
            assertEquals(all, handled.keySet());
            int twice = handled.values().stream().mapToInt(times -> times - 1).sum();
            System.out.printf("listener of %s: %d kills, %d mails, each handled, %d times once more%n", protocol, KILLS,
                    MAILS, twice);
            assertNoneIsLeft(dovecot, protocol, user);
        }
    }

    private static void assertNoneIsLeft(PrivateDovecot dovecot, MailProtocol protocol, String user) throws Exception {
        if (protocol == MailProtocol.POP3) {
            assertEquals(List.of(), dovecot.mails(user));
            return;
        }
        assertEquals(MAILS, dovecot.mails(user).size());
        assertEquals(Collections.emptyList(), Unseen.subjects(dovecot.imapPort(), user, PrivateDovecot.PASSWORD));
    }
}
