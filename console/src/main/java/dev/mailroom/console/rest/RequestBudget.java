package dev.mailroom.console.rest;

import dev.mailroom.console.ConsoleSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;

/** Limits how many octets of requests are in memory at once; parsed they take several times as much. */
@ApplicationScoped
public class RequestBudget {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** For the container's proxy. */
    protected RequestBudget() {
        this(0);
    }

    /** The administrator's. */
    @Inject
    public RequestBudget(ConsoleSettings settings) {
        // At least one request of the longest length must fit.
        this(Math.max(settings.requestBudget(), settings.maxRequest()));
    }

    RequestBudget(long most) {
        this.most = most;
    }

    /** Whether there was room for so many more; if so, {@link #give} must follow. */
    boolean take(long octets) {
        if (taken.addAndGet(octets) <= most) {
            return true;
        }
        taken.addAndGet(-octets);
        return false;
    }

    /** Whether there is room for so many where nothing else is worked on. */
    boolean everFits(long octets) {
        return octets <= Math.min(most, LONGEST_ARRAY);
    }

    void give(long octets) {
        taken.addAndGet(-octets);
    }
}
