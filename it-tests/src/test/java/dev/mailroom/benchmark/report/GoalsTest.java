package dev.mailroom.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.report.Verdict.Met;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoalsTest {
    private static Verdict verdict(Results results, String what) {
        return Goals.judge(results).stream().filter(verdict -> verdict.what().equals(what)).findFirst().orElseThrow();
    }

    @Test
    void withoutFiguresNoGoalIsMetNorMissed() {
        List<Verdict> verdicts = Goals.judge(Samples.results());
        assertTrue(verdicts.size() >= 10, "the issue has ten goals");
        assertTrue(verdicts.stream().allMatch(verdict -> verdict.met() == Met.UNKNOWN), verdicts.toString());
    }

    @ParameterizedTest
    @CsvSource({"151, 100, 30, YES", "149, 100, 29, NO", "151, 102, 30, NO", "151, 100, 31, NO"})
    void readyBytesMustBeatBothCAndJava(double ours, double inC, double java, Met met) {
        Results results = Samples.results(Samples.result("ready-smtp-sink", "Mailroom", ours),
                Samples.result("ready-smtp-sink", Results.IN_C, inC), Samples.result("ready-smtp-sink", "Peer", java));
        assertEquals(met, verdict(results, "1 connection, 1 KiB, ready bytes, loopback, smtp-sink").met());
    }

    @Test
    void whatAnExpertGetsOutOfAPeerIsToldButDoesNotDecide() {
        Results results = Samples.results(Samples.result("composed-chunking", "Mailroom", 400),
                Samples.result("composed-chunking", "Peer", 100),
                Samples.result("composed-chunking", "Angus open, x", 200));
        Verdict verdict = verdict(results, "1 connection, 1 KiB, composed, loopback, chunking");
        assertEquals(Met.YES, verdict.met());
        assertEquals("4.00x Peer (2.00x Angus open, x)", verdict.measured());
    }

    @ParameterizedTest
    @CsvSource({"1.1, 141, 50, YES", "1.2, 141, 50, NO", "1.1, 139, 50, NO"})
    void singleSendsFarAwayAreJudgedByRoundTripsAndRate(double trips, double ours, double peer, Met met) {
        Results results = Samples.results(Samples.result(Scenario.of("far-chunking"), "Mailroom", trips, ours),
                Samples.result("far-chunking", "Peer", peer));
        Verdict verdict = verdict(results, "20 ms, single sends, CHUNKING");
        assertEquals(met, verdict.met(), verdict.measured());
    }

    @Test
    void theBestPeerFarAwayMayBeTheOneInC() {
        Results results = Samples.results(Samples.result(Scenario.of("far-pipelining"), "Mailroom", 2, 140),
                Samples.result("far-pipelining", "Peer", 10), Samples.result("far-pipelining", Results.IN_C, 100));
        assertEquals(Met.NO, verdict(results, "20 ms, single sends").met());
    }

    @ParameterizedTest
    @CsvSource({"20000, 0, YES", "20001, 0, NO", "20000, 1, NO"})
    void anIdleSessionIsJudgedByHeapAndThreads(long heap, long threads, Met met) {
        Results results = new Results(List.of(), List.of(new Idle("Mailroom", false, 200, heap, threads)));
        assertEquals(met, verdict(results, "idle session").met());
        assertEquals(Met.UNKNOWN, verdict(results, "idle session, TLS").met());
    }

    @ParameterizedTest
    @CsvSource({"6001, 100, YES", "5999, 100, NO"})
    void keptConnectionsMustBeWorthSixtyThatAreOpenedForEachMail(double ours, double angus, Met met) {
        Results results = Samples.results(Samples.result("tls-8", "Mailroom", ours),
                Samples.result("tls-8", Goals.ANGUS_CONNECTING, angus), Samples.result("tls-8", "Peer", 5000));
        assertEquals(met, verdict(results, "STARTTLS + AUTH, 8 senders, loopback").met());
    }

    @Test
    void allocationMayComeOnTopOfTheMailsSize() {
        assertEquals(Met.NO, verdict(Samples.results(Samples.result("ready-chunking", "Mailroom", 1)),
                "allocation, ready bytes").met());
        assertEquals(Met.YES, verdict(Samples.results(Samples.result("composed-chunking", "Mailroom", 1)),
                "allocation, composed").met());
    }
}
