package dev.mailroom.benchmark.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Sink;
import dev.mailroom.benchmark.Target;
import dev.mailroom.benchmark.Work;
import dev.mailroom.testing.SinkCounts;
import dev.mailroom.testing.SinkProcess;
import dev.mailroom.testing.SinkSettings;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That the facade inside Payara Micro can be measured, and what it allocates there, which no clock disturbs. */
final class FacadeContenderIT {
    private static final Scenario COMPOSED = Scenario.of("composed").composed();

    private static SinkProcess sink;
    private static FacadeContender contender;

    @BeforeAll
    static void start() {
        sink = SinkProcess.start(SinkSettings.ALL);
        contender = new FacadeContender();
    }

    @AfterAll
    static void stop() {
        contender.close();
        sink.close();
    }

    private static Work send(Scenario scenario, int... rounds) throws IOException {
        contender.open(scenario, new Target(sink.port(), Optional.empty(), ""));
        try {
            Work work = null;
            for (int mails : rounds) {
                work = contender.send(mails);
            }
            return work;
        } finally {
            contender.shut();
        }
    }

    @Test
    void everySenderHasAConnectionAndEveryMailArrives() throws IOException {
        for (int senders : new int[] {1, 8, 32}) {
            SinkCounts before = sink.counts();
            Work work = send(COMPOSED.senders(senders), 100, 101);
            SinkCounts counts = sink.counts().since(before);
            assertEquals(101, work.mails());
            assertEquals(201, counts.mails());
            assertEquals(senders, counts.connections());
            assertTrue(work.nanos() > 0 && work.cpuNanos() > 0 && work.allocated() > 0, work.toString());
        }
    }

    @Test
    void aMailComposedInTheServerLeavesLessThanTwentyKilobytesOfGarbage() throws IOException {
        Work work = send(COMPOSED.senders(8), 20_000, 20_000);
        long each = work.allocated() / work.mails();
        assertTrue(each < 20_000 + COMPOSED.size(), each + " bytes a mail");
    }

    @Test
    void itIsNotAskedForWhatApplicationsDoNotDo() {
        assertTrue(contender.can(COMPOSED.senders(32).at(Sink.SMTP_SINK)));
        assertFalse(contender.can(Scenario.of("ready")));
        assertFalse(contender.can(COMPOSED.stream()));
    }
}
