package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Sets the timeout for places of the application, and keeps what they and others saw of it. */
@ApplicationScoped
public class Settings {
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /** Sets so many seconds; one place after the other. */
    public synchronized void set(MailFacade mail, String place, int seconds) {
        if (!mail.emailSetTimeOut(seconds)) {
            throw new IllegalStateException(mail.errorInfo());
        }
        int own = mail.emailGetTimeOut();
        CompletableFuture<Integer> others = new CompletableFuture<>();
        Thread reader = new Thread(() -> others.complete(mail.emailGetTimeOut()));
        reader.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        reader.setUncaughtExceptionHandler((thread, e) -> others.completeExceptionally(e));
        reader.start();
        seen.put(place, new Seen(seconds, own, others.join()));
        notifyAll();
    }

    /** Waits until that place has set something, but not longer. */
    public synchronized void await(String place, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (long left = longest.toMillis(); left > 0 && !seen.containsKey(place);
                    left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By place. */
    public Map<String, Seen> seen() {
        return Map.copyOf(seen);
    }
}
