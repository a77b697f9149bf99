package dev.mailroom.console.security;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes guessing the password slow. Whoever is wrong from one address several times in a row waits for the answer, each
 * time longer; who is right never waits, and other addresses are not touched. So that waiting requests cannot use up
 * the server's threads, an address with wrong passwords may have a few requests under way; more are to be refused
 * unread. Thread-safe.
 */
@Singleton
public class WrongPasswords {
    /** Typing errors, without delay. */
    static final int FREE = 3;
    static final Duration FIRST = Duration.ofMillis(250);
    static final Duration LONGEST = Duration.ofSeconds(5);
    static final int MOST_AT_ONCE = 4;
    static final int MOST_WAITING = 32;

    private static final Logger LOG = System.getLogger("dev.mailroom.console.security");
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST_LINES = 20;
    private static final int MOST_SOURCES = 10_000;

    private final LongSupplier nanoTime;
    private final Pause pause;
    /** The longest quiet first. */
    private final Map<String, ClientNetwork> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ClientNetwork> eldest) {
            return size() > MOST_SOURCES;
        }
    };
    private int waiting;
    private long minuteBegan;
    private int lines;

    private static final class ClientNetwork {
        private int wrong;
        private long last;
        private int underWay;
    }

    /** How a thread waits. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** By the system's clock. */
    @Inject
    public WrongPasswords() {
        this(System::nanoTime, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    WrongPasswords(LongSupplier nanoTime, Pause pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.minuteBegan = nanoTime.getAsLong();
    }

    /** Whether a password from there is read now; if so, {@link #leave} must follow. */
    synchronized boolean enter(String address) {
        ClientNetwork source = sources.get(network(address));
        if (source == null || nanoTime.getAsLong() - source.last > FORGOTTEN.toNanos()) {
            source = new ClientNetwork();
            sources.put(network(address), source);
        } else if (source.wrong > FREE && (source.underWay >= MOST_AT_ONCE || waiting >= MOST_WAITING)) {
            return false;
        }
        source.last = nanoTime.getAsLong();
        source.underWay++;
        return true;
    }

    synchronized void leave(String address) {
        ClientNetwork source = sources.get(network(address));
        if (source != null) {
            source.underWay--;
        }
    }

    /** A right password came from there. */
    synchronized void forget(String address) {
        ClientNetwork source = sources.get(network(address));
        if (source != null) {
            source.wrong = 0;
        }
    }

    /** A wrong password came from there: waits as long as its number demands. */
    void delay(String address) {
        Duration time = count(address);
        if (time.isZero()) {
            return;
        }
        count(1);
        try {
            pause.of(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            count(-1);
        }
    }

    private synchronized void count(int more) {
        waiting += more;
    }

    private synchronized Duration count(String address) {
        ClientNetwork source = sources.computeIfAbsent(network(address), any -> new ClientNetwork());
        source.wrong++;
        source.last = nanoTime.getAsLong();
        tell(address, source.wrong);
        if (source.wrong <= FREE) {
            return Duration.ZERO;
        }
        Duration time = FIRST.multipliedBy(1L << Math.min(10, source.wrong - FREE - 1));
        return time.compareTo(LONGEST) < 0 ? time : LONGEST;
    }

    /** The first, the tenth, the hundredth …; from however many addresses, a few lines a minute. */
    private void tell(String address, int number) {
        long now = nanoTime.getAsLong();
        if (now - minuteBegan > QUIET.toNanos()) {
            minuteBegan = now;
            lines = 0;
        }
        if (String.valueOf(number).matches("10*") && ++lines <= MOST_LINES) {
            LOG.log(Level.WARNING, () -> "MR0604 wrong user or password for the console from " + address
                    + (number == 1 ? "" : ", " + number + " in a row"));
        }
    }

    /** Whoever has one IPv6 address has 2^64 of them. */
    private static String network(String address) {
        String[] parts = address.split(":", -1);
        return parts.length == 8 ? String.join(":", parts[0], parts[1], parts[2], parts[3]) : address;
    }
}
