package dev.mailroom.spool.embedded;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** How large the embedded database's file becomes: so many mails of 1 KiB wait, accepted by so many callers. */
public final class FileSizeMeasurement {
    private FileSizeMeasurement() {
    }

    /** @param arguments mails, callers */
    public static void main(String[] arguments) throws Exception {
        int mails = Integer.parseInt(arguments[0]);
        int callers = Integer.parseInt(arguments[1]);
        Path directory = Files.createTempDirectory("mailroom-size");
        var database = EmbeddedDatabase.open(directory);
        SpoolStore store = JdbcSpool.open(SpoolDatabase.local(database), Spooling.limited(0, 0), "measured");
        var queue = SpoolQueue.of("app", "ann");
        var mail = new NewMail(queue, "app", "id@example.org", new Envelope("s@example.org", List.of("b@example.org"),
                false, DeliveryNotification.NONE), MailData.of(new byte[1024]), "");
        var left = new AtomicInteger(mails);
        Callable<Void> caller = () -> {
            while (left.getAndDecrement() > 0) {
                store.intake().accept(mail);
            }
            return null;
        };
        var threads = Executors.newFixedThreadPool(callers);
        long begin = System.nanoTime();
        for (var end : threads.invokeAll(Collections.nCopies(callers, caller))) {
            end.get();
        }
        threads.shutdown();
        long nanos = System.nanoTime() - begin;
        long open = Files.size(EmbeddedDatabase.file(directory));
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
        System.out.printf("%d mails of 1 KiB from %d callers, %d a second: %.1f MB while open, %.1f MB closed%n", mails,
                callers, Math.round(mails / (nanos / 1e9)), open / 1e6,
                Files.size(EmbeddedDatabase.file(directory)) / 1e6);
    }
}
