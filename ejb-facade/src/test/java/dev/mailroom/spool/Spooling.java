package dev.mailroom.spool;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Mails and settings for the tests of this package. */
final class Spooling {
    static final MailData CONTENT = MailData.of("Subject: hello\r\n\r\nhello".getBytes());
    static final SpoolSettings SETTINGS = SpoolSettings.DEFAULTS;

    private Spooling() {
    }

    static Envelope envelope(String to) {
        return new Envelope("sender@example.org", List.of(to), false, DeliveryNotification.NONE);
    }

    static NewMail mail(SpoolQueue queue, String to) {
        return new NewMail(queue.key(), queue.caller(), "id@example.org", envelope(to), CONTENT, "");
    }

    static SpoolSettings limited(long messages, long bytes) {
        return settings(messages, bytes, RetrySettings.DEFAULTS, RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS);
    }

    static SpoolSettings keeping(Duration sent, Duration failed) {
        return settings(0, 0, RetrySettings.DEFAULTS, new RetentionSettings(sent, failed), DrainSettings.DEFAULTS);
    }

    static SpoolSettings patience(Duration maxAge) {
        return settings(0, 0, new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, maxAge),
                RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS);
    }

    static SpoolSettings leasing(Duration lease) {
        var drain = new DrainSettings(4, 2, 32, lease, Duration.ofSeconds(1), Duration.ZERO);
        return settings(0, 0, RetrySettings.DEFAULTS, RetentionSettings.DEFAULTS, drain);
    }

    static SpoolSettings settings(
            long messages, long bytes, RetrySettings retry, RetentionSettings retention, DrainSettings drain) {
        return new SpoolSettings("", Path.of("unused"), true, messages, bytes, InDoubt.RESEND, retry, retention, drain,
                SpoolCipher.none());
    }

    /** An interface whose every method does the same. */
    static <T> T faked(Class<T> type, InvocationHandler method) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, method));
    }

    /** Waits for something that the clock of the database brings about. */
    static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 20 s");
            }
            Thread.onSpinWait();
        }
    }
}
