package dev.mailroom.spool;

import dev.mailroom.MailData;
import dev.mailroom.testing.PrivatePostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures the store without a container: accepted mails a second by 1, 8 and 32 callers, drained mails a second to a
 * server that answers at once, and the heap in use with that many mails pending. Arguments: {@code embedded DIR} or
 * {@code postgresql}, octets a mail, pending mails.
 */
public final class SpoolMeasurement {
    private static final SpoolQueue QUEUE = SpoolQueue.of("app", "ann");
    private static final int SECONDS = 3;

    private SpoolMeasurement() {
    }

    /** Prints the numbers. */
    public static void main(String[] arguments) throws Exception {
        int offset = arguments[0].equals("embedded") ? 2 : 1;
        MailData content = MailData.of(new byte[Integer.parseInt(arguments[offset])]);
        int pending = Integer.parseInt(arguments[offset + 1]);
        if (offset == 2) {
            measure("embedded", EmbeddedDatabase.open(Path.of(arguments[1])), content, pending);
            return;
        }
        try (PrivatePostgres server = PrivatePostgres.startOrSkip()) {
            var source = new PGSimpleDataSource();
            source.setUrl(server.url());
            measure("postgresql", source, content, pending);
        }
    }

    private static void measure(String name, DataSource source, MailData content, int pending) throws Exception {
        for (int callers : new int[] {1, 8, 32}) {
            accept(name, kept(source, callers), content, callers);
        }
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("delete from mailroom_mail");
            statement.execute("delete from mailroom_content");
        }
        drain(name, kept(source, 8), content, pending);
    }

    /** Connections are kept, as a container's pool does. */
    private static DataSource kept(DataSource source, int threads) throws Exception {
        return new KeptConnections(source, threads);
    }

    private static SpoolStore store(DataSource source) throws Exception {
        var store = new JdbcSpoolStore(SpoolDatabase.local(source), Spooling.SETTINGS, "one");
        store.createSchema();
        store.openQueue(QUEUE, new byte[0]);
        return store;
    }

    private static NewMail mail(MailData content) {
        return new NewMail(QUEUE.key(), "app", "id@x.org", Spooling.envelope("a@x.org"), content, "");
    }

    private static void accept(String name, DataSource source, MailData content, int callers) throws Exception {
        SpoolStore store = new JdbcSpoolStore(SpoolDatabase.local(source), Spooling.limited(0, 0), "one");
        store.createSchema();
        store.openQueue(QUEUE, new byte[0]);
        AtomicLong accepted = new AtomicLong();
        for (int warmUp = 1; warmUp >= 0; warmUp--) {
            accepted.set(0);
            long end = System.nanoTime() + SECONDS * 1_000_000_000L;
            run(callers, () -> {
                while (System.nanoTime() < end) {
                    store.insert(mail(content));
                    accepted.incrementAndGet();
                }
                return null;
            });
        }
        System.out.printf(Locale.ROOT, "%s: accepted, %d octets, %d callers: %,d mails/s%n",
                name, content.size(), callers, accepted.get() / SECONDS);
    }

    private static void drain(String name, DataSource source, MailData content, int pending) throws Exception {
        SpoolStore store = store(source);
        for (int mail = 0; mail < pending; mail += 100) {
            run(4, () -> {
                for (int n = 0; n < 25; n++) {
                    store.insert(mail(content));
                }
                return null;
            });
        }
        System.out.printf(Locale.ROOT, "%s: %,d mails pending, %d kB of heap in use%n", name, pending, heap());
        var settings = Spooling.SETTINGS;
        var drain = new Drain(store, settings, new RetrySchedule(settings.retry(), Math::random),
                new LeaseWatch(settings.drain().lease(), System::nanoTime), SpoolListener.NONE);
        long begin = System.nanoTime();
        run(2, () -> drain.turn(QUEUE.key(), queue -> Optional.of(new FakeSession(16, any -> FakeSession.OK)),
                () -> false));
        System.out.printf(Locale.ROOT, "%s: drained, 2 connections: %,d mails/s, %d kB of heap in use%n",
                name, pending * 1_000_000_000L / (System.nanoTime() - begin), heap());
    }

    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024;
    }

    private static void run(int threads, Callable<?> task) throws Exception {
        var executor = Executors.newFixedThreadPool(threads);
        List<Callable<Object>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            tasks.add(task::call);
        }
        for (var result : executor.invokeAll(tasks)) {
            result.get();
        }
        executor.shutdown();
    }
}
