package dev.mailroom.watch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Lets the first of several equal warnings through, then one a minute: a dead server must not flood the log. */
final class RepeatedWarnings {
    static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST = 1024;

    private final LongSupplier nanoTime;
    /** The one that was told longest ago first. */
    private final Map<Warning, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Warning, Told> eldest) {
            return size() > MOST;
        }
    };

    private record Warning(String id, Object about) {
    }

    private static final class Told {
        private long at;
        private long withheld;
    }

    RepeatedWarnings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many like it were withheld since the last one told; empty if this one is to be withheld too. */
    synchronized OptionalLong tell(String id, Object about) {
        long now = nanoTime.getAsLong();
        Told last = told.get(new Warning(id, about));
        if (last == null) {
            last = new Told();
            told.put(new Warning(id, about), last);
        } else if (now - last.at < QUIET.toNanos()) {
            last.withheld++;
            return OptionalLong.empty();
        }
        long withheld = last.withheld;
        last.at = now;
        last.withheld = 0;
        return OptionalLong.of(withheld);
    }
}
