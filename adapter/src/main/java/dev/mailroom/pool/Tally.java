package dev.mailroom.pool;

import java.util.HashMap;
import java.util.Map;

/** Counts what happens, for a key or for all. Guarded by the pool's lock. */
final class Tally {
    private final Histogram waits = new Histogram();
    private final Histogram uses = new Histogram();
    private final Map<DiscardReason, Long> discarded = new HashMap<>();
    private long opened;
    private long openFailures;
    private long exhausted;

    void opened() {
        opened++;
    }

    void openFailed() {
        openFailures++;
    }

    void leased(long waited) {
        waits.record(waited);
    }

    void ended(long used) {
        uses.record(used);
    }

    void exhausted() {
        exhausted++;
    }

    void discarded(DiscardReason reason) {
        discarded.merge(reason, 1L, Long::sum);
    }

    Activity activity() {
        return new Activity(
                opened, openFailures, waits.count(), exhausted, discarded, waits.times(), uses.times());
    }
}
