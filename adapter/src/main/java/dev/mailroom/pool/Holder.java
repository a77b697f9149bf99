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
    private static final Duration BRIEF = Duration.ofSeconds(10);

    /** Takes an immutable copy. */
    public Holder {
        stack = List.copyOf(stack);
    }

    /** One line, without the stack. */
    @Override
    public String toString() {
        boolean brief = held.compareTo(BRIEF) < 0;
        return key + " held by thread '" + thread + "' for "
                + (brief ? held.toMillis() + " ms" : held.toSeconds() + " s");
    }
}
