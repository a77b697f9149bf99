package dev.mailroom.benchmark.receiving;

import com.sun.management.ThreadMXBean;
import dev.mailroom.benchmark.receiving.ReceivingTable.Row;
import dev.mailroom.testing.DelayRelay;
import dev.mailroom.testing.PrivateDovecot;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Mailboxes of a real Dovecot, read by Mailroom and by its peers in one run; prints Markdown. System properties:
 * {@code mailroom.benchmark.short} = a few mails over a short distance, which proves that all runs; {@code
 * mailroom.benchmark.write} = renew the section of docs/performance.md.
 */
public final class ReceivingBenchmark {
    static final String COMMAND = "mvn -q -B -Preceiving-benchmark -DskipTests verify";
    private static final String BEGIN = "<!-- receiving-benchmark:begin -->\n";
    private static final String END = "<!-- receiving-benchmark:end -->";

    private final Effort effort;
    private final Consumer<String> progress;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * How much is done.
     *
     * @param listed mails of 1 KiB whose headers are read
     * @param read mails of 10 KiB that are read
     * @param large octets of one mail that is streamed
     * @param roundTrip how far away the server is
     */
    record Effort(int listed, int read, int large, Duration roundTrip) {
        static final Effort FULL = new Effort(10_000, 1000, 25 << 20, Duration.ofMillis(20));
        static final Effort SHORT = new Effort(150, 100, 3 << 20, Duration.ofMillis(2));
    }

    /** What a reader does with an open mailbox. */
    private interface Task {
        int run(MailboxReader reader, OutputStream to) throws Exception;
    }

    ReceivingBenchmark(Effort effort, Consumer<String> progress) {
        this.effort = effort;
        this.progress = progress;
    }

    /** Runs it in the module's folder. */
    public static void main(String[] arguments) throws Exception {
        boolean brief = Boolean.getBoolean("mailroom.benchmark.short");
        ReceivingBenchmark benchmark = new ReceivingBenchmark(brief ? Effort.SHORT : Effort.FULL,
                System.out::println);
        double before = load();
        String parsing = Parsing.markdown(brief ? 100 : 1000);
        ReceivingTable table = benchmark.run();
        String section = "\n" + benchmark.heading(before) + "\n    " + COMMAND + "\n\n" + table.markdown() + "\n"
                + "Settings: " + String.join("; ", readers().stream()
                        .map(reader -> reader.get().name() + ": " + reader.get().settings()).toList()) + ".\n\n"
                + parsing + "\n";
        System.out.println(section);
        if (Boolean.getBoolean("mailroom.benchmark.write")) {
            Path page = Path.of("..", "docs", "performance.md");
            String text = Files.readString(page);
            int from = text.indexOf(BEGIN);
            int to = text.indexOf(END);
            if (from < 0 || to < from) {
                throw new IOException(page + " has no " + BEGIN.strip() + " with its end");
            }
            Files.writeString(page, text.substring(0, from + BEGIN.length()) + section + text.substring(to));
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private String heading(double before) {
        int cores = Runtime.getRuntime().availableProcessors();
        return LocalDate.now(ZoneOffset.UTC) + ", " + cores + " cores under a load of "
                + String.format(Locale.ROOT, "%.0f before and %.0f after", before, load()) + " the run, "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + "; Dovecot, " + effort.roundTrip().toMillis() + " ms away, plain text. One run each, all readers in"
                + " one JVM, the mailbox open and once read before. A round trip is counted whenever a reader speaks"
                + " after it has heard something: that is exact, and the same under any load; seconds are not.\n";
    }

    /** Fresh readers. */
    private static List<Supplier<MailboxReader>> readers() {
        return List.of(MailroomReader::new, () -> new AngusReader(false), () -> new AngusReader(true));
    }

    /** Runs every task with every reader, over both protocols. */
    ReceivingTable run() throws Exception {
        ReceivingTable table = new ReceivingTable();
        try (PrivateDovecot dovecot = PrivateDovecot.startOrSkip()) {
            fill(dovecot);
            for (boolean pop3 : new boolean[] {false, true}) {
                String protocol = pop3 ? "POP3" : "IMAP";
                race(table, dovecot, pop3, "listed", protocol + ", " + effort.listed() + " headers",
                        effort.listed(), (reader, to) -> reader.headers());
                race(table, dovecot, pop3, "read", protocol + ", " + effort.read() + " mails of 10 KiB",
                        effort.read(), MailboxReader::read);
                race(table, dovecot, pop3, "large", protocol + ", one mail of " + (effort.large() >> 20) + " MiB",
                        1, MailboxReader::read);
            }
        }
        return table;
    }

    private void fill(PrivateDovecot dovecot) {
        for (int i = 0; i < effort.listed(); i++) {
            dovecot.deliver("listed", mail(i, 1024));
        }
        for (int i = 0; i < effort.read(); i++) {
            dovecot.deliver("read", mail(i, 10 * 1024));
        }
        dovecot.deliver("large", mail(0, effort.large()));
    }

    private static String mail(int number, int octets) {
        String header = "Return-Path: <sender@example.org>\r\nReceived: from mx.example.org by mail.example.net; "
                + "Fri, 27 Nov 2026 08:00:00 +0000\r\nMessage-ID: <" + number + "@example.org>\r\n"
                + "Date: Fri, 27 Nov 2026 08:00:00 +0000\r\nFrom: Sender <sender@example.org>\r\n"
                + "To: recipient@example.net\r\nSubject: invoice " + number + "\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n";
        return header + ("x".repeat(74) + "\r\n").repeat(Math.max(1, (octets - header.length()) / 76));
    }

    private void race(ReceivingTable table, PrivateDovecot dovecot, boolean pop3, String user, String name, int mails,
            Task task) throws Exception {
        int port = pop3 ? dovecot.pop3Port() : dovecot.imapPort();
        try (MailboxReader warming = new MailroomReader()) {
            // Dovecot makes its index now.
            warming.open(pop3, port, user);
            task.run(warming, OutputStream.nullOutputStream());
        }
        AtomicLong octets = new AtomicLong(-1);
        for (Supplier<MailboxReader> fresh : readers()) {
            if (pop3 && user.equals("listed") && fresh.get() instanceof AngusReader angus && angus.tuned()) {
                // There is nothing to tune, and it takes minutes.
                continue;
            }
            try (DelayRelay relay = DelayRelay.to(port, effort.roundTrip().dividedBy(2));
                    MailboxReader reader = fresh.get()) {
                reader.open(pop3, relay.port(), user);
                Row row = measure(relay, reader, name, mails, octets, task);
                table.add(row);
                progress.accept(row.toString());
            }
        }
    }

    private Row measure(DelayRelay relay, MailboxReader reader, String name, int mails, AtomicLong octets, Task task)
            throws Exception {
        Counting counting = new Counting();
        int turns = relay.turns();
        long allocated = allocated();
        long start = System.nanoTime();
        int came = task.run(reader, counting);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        allocated = allocated() - allocated;
        long before = octets.getAndSet(counting.octets);
        if (came != mails || before >= 0 && before != counting.octets) {
            throw new IOException(reader.name() + " has read " + came + " mails of " + mails + ", " + counting.octets
                    + " octets where another had " + before);
        }
        return new Row(name, reader.name(), mails, time, relay.turns() - turns, allocated);
    }

    /** By all threads but those of the relay. */
    private long allocated() {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && !thread.getThreadName().startsWith("delay-")) {
                sum += Math.max(0, threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return sum;
    }

    /** Counts and forgets. */
    private static final class Counting extends OutputStream {
        private long octets;

        @Override
        public void write(int octet) {
            octets++;
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            octets += length;
        }
    }
}
