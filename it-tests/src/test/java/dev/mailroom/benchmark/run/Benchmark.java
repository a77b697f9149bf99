package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.*;
import dev.mailroom.benchmark.report.Result;
import java.util.*;
import java.time.Duration;

public final class Benchmark {
    public static void main(String[] a) throws Exception {
        List<Contender> cs = Contenders.all();
        try {
            for (Scenario s : Scenarios.all()) {
                if (!s.name().matches(a[0])) continue;
                long t = System.nanoTime();
                List<Result> rs = Race.run(s, cs, new Effort(3, Duration.ofMillis(1500), Duration.ofMillis(500)));
                System.out.printf("## %s (%.0f s)%n", s.line(), (System.nanoTime() - t) / 1e9);
                for (Result r : rs) {
                    if (r.failure().isPresent()) { System.out.println(r.contender() + " FAILED " + r.failure().get()); continue; }
                    System.out.printf("%-42s %8.1f (%.1f-%.1f) rt %.2f conn %.2f cpu %.1f alloc %.0f%n", r.contender(), r.rate().median(), r.rate().least(), r.rate().most(), r.roundTrips().orElse(-1), r.connections().orElse(-1), r.cpuMicros().orElse(-1), r.allocated().orElse(-1));
                }
            }
        } finally { cs.forEach(Contender::close); }
    }
}
