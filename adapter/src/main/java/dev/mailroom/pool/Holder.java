package dev.mailroom.pool;

import java.time.Duration;
import java.util.List;

/**
 * Who holds a lease.
 *
 * @param key the key's text
 * @param thread name of the thread that acquired it
 * @param held for how long so far
 * @param stack where it was acquired; empty unless {@link PoolSettings#leakStacks}
 */
public record Holder(String key, String thread, Duration held, List<StackTraceElement> stack) {
    /** Takes an immutable copy. */
    public Holder {
        stack = List.copyOf(stack);
    }

    /** One line, without the stack. */
    @Override
    public String toString() {
        return key + " held by thread '" + thread + "' for " + held;
    }
}
