package dev.mailroom.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.pool.Activity.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void percentilesAreNeverTooLowAndAtMostAQuarterTooHigh() {
        for (long base = 5_000; base < Duration.ofHours(1).toNanos(); base = base * 5 / 3) {
            var histogram = new Histogram();
            for (int i = 1; i <= 1000; i++) {
                histogram.record(base * i / 1000);
            }
            Times times = histogram.times();
            near(base / 2, times.p50());
            near(base * 95 / 100, times.p95());
            near(base * 99 / 100, times.p99());
        }
    }

    private static void near(long expected, Duration actual) {
        long most = expected + expected / 4 + 2_048;
        assertTrue(actual.toNanos() >= expected - 1 && actual.toNanos() <= most,
                expected + " became " + actual.toNanos());
    }

    @Test
    void oneDurationIsItsOwnPercentiles() {
        var histogram = new Histogram();
        histogram.record(1_234_567);
        Duration one = Duration.ofNanos(1_234_567);
        assertEquals(new Times(1, one, one, one, one, one), histogram.times());
    }

    @Test
    void rareSlowOnesShowInTheLastPercentile() {
        var histogram = new Histogram();
        for (int i = 0; i < 98; i++) {
            histogram.record(1_000_000);
        }
        histogram.record(1_000_000_000);
        histogram.record(1_000_000_000);
        Times times = histogram.times();
        assertTrue(times.p95().toNanos() < 1_300_000, times.toString());
        assertEquals(Duration.ofSeconds(1), times.p99());
    }

    @Test
    void extremesAreCounted() {
        var histogram = new Histogram();
        histogram.record(0);
        histogram.record(-5);
        histogram.record(Duration.ofDays(365).toNanos());
        assertEquals(3, histogram.times().count());
        assertEquals(Duration.ofDays(365), histogram.times().p99());
    }

    @Test
    void theOrderOfRecordingDoesNotMatter() {
        List<Long> durations = new ArrayList<>(LongStream.range(0, 60).map(i -> 100L << i / 2).boxed().toList());
        Set<Times> times = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(durations, new Random(seed));
            var histogram = new Histogram();
            durations.forEach(histogram::record);
            times.add(histogram.times());
        }
        assertEquals(1, times.size(), times.toString());
    }

    @Test
    void withoutDurationsEverythingIsZero() {
        assertEquals(new Times(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                new Histogram().times());
    }
}
