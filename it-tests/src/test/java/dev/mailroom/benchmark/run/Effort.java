package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Mode;
import java.time.Duration;

/**
 * How long to measure.
 *
 * @param rounds of each scenario over loopback
 * @param farRounds of each scenario with a round trip, where the network sets the pace
 * @param warmUp CPU time of each contender before the first round of a scenario over loopback; zero = a few mails
 * @param round how long a round should take; zero = a few mails
 * @param idle connections that are opened to see what they cost
 */
record Effort(int rounds, int farRounds, Duration warmUp, Duration round, int idle) {
    /** About 25 minutes in all. */
    static final Effort FULL = new Effort(5, 3, Duration.ofMillis(1000), Duration.ofMillis(500), 200);
    /** Proves that everything runs. */
    static final Effort SHORT = new Effort(1, 1, Duration.ZERO, Duration.ZERO, 4);

    /** On a machine with much else to do, and for those who wait most of the time. */
    private static final int LONGEST_WARM_UP = 4;
    private static final int FEW = 2;
    private static final int DISTANT_STREAM = 100;
    private static final int MOST = 1_000_000;

    int rounds(Scenario scenario) {
        return scenario.roundTrip().isZero() ? rounds : farRounds;
    }

    /** Whether a contender that has sent that long, and used so much CPU time for it, is warm. */
    boolean warm(Scenario scenario, long nanos, long cpuNanos) {
        return scenario.roundTrip().isZero()
                ? cpuNanos >= warmUp.toNanos() || nanos >= LONGEST_WARM_UP * warmUp.toNanos()
                : nanos >= round.toNanos();
    }

    /** Mails of the first try of a warm-up. */
    int few(Scenario scenario) {
        return FEW * scenario.senders();
    }

    /** Mails of the next try. */
    int more(long mails) {
        return (int) Math.min(MOST, 2 * mails);
    }

    /** Mails that take a round, of a contender that has sent so many a second. */
    int mails(Scenario scenario, double perSecond) {
        long least = few(scenario);
        if (scenario.mode() == Mode.STREAM && !scenario.roundTrip().isZero() && !round.isZero()) {
            // Who connects for each stream shall not pay for a short one.
            least = (long) DISTANT_STREAM * scenario.senders();
        }
        return (int) Math.min(MOST, Math.max(least, Math.round(perSecond * round.toNanos() / 1e9)));
    }
}
