package dev.mailroom.jmx;

import dev.mailroom.PoolRow.Spread;
import java.time.Duration;

/** How durations are spread, in milliseconds. Getters, because that is what MXBeans turn into composite data. */
public final class TimeSpread {
    private final Spread spread;

    TimeSpread(Spread spread) {
        this.spread = spread;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    /** How many were measured. */
    public long getCount() {
        return spread.count();
    }

    /** The longest. */
    public double getMax() {
        return millis(spread.max());
    }

    /** Half of them were at most this long. */
    public double getP50() {
        return millis(spread.p50());
    }

    /** 95 of 100 were at most this long. */
    public double getP95() {
        return millis(spread.p95());
    }

    /** 99 of 100 were at most this long. */
    public double getP99() {
        return millis(spread.p99());
    }
}
