package dev.mailroom.spool;

import dev.mailroom.arrival.DeliveryStore;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Mails and settings for the tests of this package. */
public final class Spooling {
    public static final MailData CONTENT = MailData.of("Subject: hello\r\n\r\nhello".getBytes());
    public static final SpoolSettings SETTINGS = SpoolSettings.DEFAULTS;

    private Spooling() {
    }

    public static Envelope envelope(String... to) {
        return new Envelope("sender@example.org", List.of(to), false, DeliveryNotification.NONE);
    }

    public static NewMail mail(SpoolQueue queue, String... to) {
        return new NewMail(queue, queue.caller(), "id@example.org", envelope(to), CONTENT, "");
    }

    public static SpoolSettings limited(long messages, long bytes) {
        return settings(messages, bytes, RetrySettings.DEFAULTS, RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS);
    }

    public static SpoolSettings keeping(Duration sent, Duration failed) {
        return settings(0, 0, RetrySettings.DEFAULTS, new RetentionSettings(sent, failed), DrainSettings.DEFAULTS);
    }

    public static SpoolSettings patience(Duration maxAge) {
        return settings(0, 0, new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, maxAge, 3),
                RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS);
    }

    public static SpoolSettings leasing(Duration lease) {
        var drain = new DrainSettings(4, 2, 32, lease, Duration.ofSeconds(1), Duration.ZERO);
        return settings(0, 0, RetrySettings.DEFAULTS, RetentionSettings.DEFAULTS, drain);
    }

    public static SpoolSettings settings(
            long messages, long bytes, RetrySettings retry, RetentionSettings retention, DrainSettings drain) {
        return new SpoolSettings("", Path.of("unused"), true, messages, bytes, 100, 0, InDoubt.RESEND, retry,
                retention, drain, false, SpoolCipher.none());
    }

    /** An interface whose every method does the same. */
    public static <T> T faked(Class<T> type, InvocationHandler method) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, method));
    }

    /** A store whose every method does the same. */
    public static SpoolStore store(InvocationHandler method) {
        return new SpoolStore(faked(MailIntake.class, method), faked(MailClaims.class, method),
                faked(MailArchive.class, method), faked(SpoolQueues.class, method),
                faked(MailOutcomes.class, method),
                faked(DeliveryStore.class, method), faked(SpoolTime.class, method));
    }

    /** Calls the method of that name and kind of a store. */
    public static Object call(SpoolStore store, Method method, Object... arguments) throws Throwable {
        Object part = Stream.of(store.intake(), store.claims(), store.archive(), store.queues(), store.deliveries(),
                        store.time())
                .filter(method.getDeclaringClass()::isInstance).findFirst().orElseThrow();
        try {
            return method.invoke(part, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Waits for something that the clock of the database brings about. */
    public static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 2 minutes");
            }
            Thread.onSpinWait();
        }
    }
}
