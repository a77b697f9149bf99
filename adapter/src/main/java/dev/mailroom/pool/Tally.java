package dev.mailroom.pool;

import java.util.EnumMap;
import java.util.Map;

/** Counts what happens, for a key or for all. Guarded by the pool's lock. */
final class Tally {
    private static final DiscardReason[] REASONS = DiscardReason.values();

    private final long[] discarded = new long[REASONS.length];
    private final Histogram waits = new Histogram();
    private final Histogram uses = new Histogram();
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
        discarded[reason.ordinal()]++;
    }

    Activity activity() {
        Map<DiscardReason, Long> reasons = new EnumMap<>(DiscardReason.class);
        for (DiscardReason reason : REASONS) {
            if (discarded[reason.ordinal()] > 0) {
                reasons.put(reason, discarded[reason.ordinal()]);
            }
        }
        return new Activity(opened, openFailures, waits.count(), exhausted, reasons, waits.times(), uses.times());
    }
}
