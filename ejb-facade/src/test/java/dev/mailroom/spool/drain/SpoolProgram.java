package dev.mailroom.spool.drain;

import dev.mailroom.spool.DrainSettings;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.RetentionSettings;
import dev.mailroom.spool.RetrySettings;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A program with a spool in it and no container, that may be killed at any moment. Arguments: directory of the embedded
 * database, or the URL of one that is shared; port of the SMTP server, policy for mails in doubt, and if it shall
 * accept mails, how many and what their recipients begin with. Prints recipient and number of each mail once it is
 * accepted; answers each number that it reads with the mail's state.
 */
final class SpoolProgram {
    static final int BATCH = 32;
    static final int CONNECTIONS = 2;
    /** Of a shared database. */
    static final Duration LEASE = Duration.ofSeconds(20);
    private static final int CALLERS = 8;
    private static final Duration SWEEP = Duration.ofMillis(500);
    /** Sooner than usual, for the tests wait for it: from half a second to five before the second attempt. */
    private static final RetrySettings RETRIES = new RetrySettings(Duration.ofSeconds(5),
            RetrySettings.DEFAULTS.max(), 0, RetrySettings.DEFAULTS.maxAge(), RetrySettings.DEFAULTS.maxCopies());

    private SpoolProgram() {
    }

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        boolean shared = arguments[0].startsWith("jdbc:");
        var source = shared ? shared(arguments[0]) : EmbeddedDatabase.open(Path.of(arguments[0]));
        var stack = new DrainStack(source, SpoolListener.NONE, settings(InDoubt.valueOf(arguments[2]),
                shared ? LEASE : DrainSettings.DEFAULTS.lease()), UUID.randomUUID().toString(), !shared);
        if (!shared) {
            EmbeddedDatabase.keepIdentifiersUnique(source, Path.of(arguments[0]));
        }
        stack.open("jack", Integer.parseInt(arguments[1]));
        stack.drain(SWEEP);
        if (arguments.length > 3) {
            accept(stack, Integer.parseInt(arguments[3]), arguments[4]);
        }
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            String number = in.readLine();
            while (number != null) {
                System.out.println(stack.store.archive().status(Long.parseLong(number)).orElseThrow().state());
                number = in.readLine();
            }
        }
        stack.close();
        if (shared) {
            return;
        }
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private static DataSource shared(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    private static SpoolSettings settings(InDoubt inDoubt, Duration lease) {
        DrainSettings usual = DrainSettings.DEFAULTS;
        return new SpoolSettings("", Path.of("unused"), true, 0, 0, 100, 0, inDoubt, RETRIES,
                RetentionSettings.DEFAULTS, new DrainSettings(usual.maxParallel(), CONNECTIONS, BATCH, lease,
                        SWEEP, usual.grace()), false, SpoolCipher.none());
    }

    private static void accept(DrainStack stack, int mails, String prefix) {
        AtomicInteger number = new AtomicInteger();
        var queue = SpoolQueue.of("app", "jack");
        for (int i = 0; i < CALLERS; i++) {
            var caller = new Thread(() -> {
                int next = number.getAndIncrement();
                while (next < mails) {
                    accept(stack, Spooling.mail(queue, prefix + next + "@example.org"));
                    next = number.getAndIncrement();
                }
            });
            caller.setDaemon(true);
            caller.start();
        }
    }

    private static void accept(DrainStack stack, NewMail mail) {
        try {
            long id = stack.accept("jack", mail).id().number();
            System.out.println(mail.envelope().forwardPaths().get(0) + " " + id);
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
