package dev.mailroom.benchmark.report;

import dev.mailroom.benchmark.report.Verdict.Met;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The goals that Mailroom set itself, judged by the figures of one run. Names scenarios as {@code Scenarios} does. */
public final class Goals {
    /** The contender that goes through the facade in a server. */
    public static final String IN_SERVER = "Mailroom in Payara Micro";
    /** Jakarta Mail as everybody starts with it. */
    public static final String ANGUS_CONNECTING = "Angus, connecting per mail";

    private static final double IN_C = 1.5;
    private static final double READY = 5;
    private static final double COMPOSED = 3;
    private static final double IN_PAYARA = 2;
    private static final double SAME = 0.9;
    /** 10 KiB take 1.4 times as long as 7 KiB where octets count alone. */
    private static final double NO_CLIFF = 0.6;
    private static final double SECURE = 60;

    private final Results results;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    /** Every goal's verdict. */
    public static List<Verdict> judge(Results results) {
        Goals goals = new Goals(results);
        goals.loopback();
        goals.distant();
        goals.recipients();
        goals.secure();
        goals.idle();
        goals.allocation();
        return goals.verdicts;
    }

    private void loopback() {
        for (String sink : List.of("smtp-sink", "chunking")) {
            String scenario = "ready-" + sink;
            verdict("1 connection, 1 KiB, ready bytes, loopback, " + sink, "1.5x smtp-source, 5x the best Java peer",
                    need(results.ours(scenario), results.of(scenario, Results.IN_C), results.bestJavaPeer(scenario)),
                    them -> judged(against(them, 1) + "; " + againstJava(them, 2),
                            ratio(them, 1) >= IN_C && ratio(them, 2) >= READY));
            String composed = "composed-" + sink;
            verdict("1 connection, 1 KiB, composed, loopback, " + sink, "3x the best Java peer",
                    need(results.ours(composed), results.bestJavaPeer(composed)),
                    them -> judged(againstJava(them, 1), ratio(them, 1) >= COMPOSED));
        }
        verdict("through the facade in Payara Micro, composed, 8 senders", "2x the best Java peer outside a server",
                need(results.of("composed-8", IN_SERVER), results.bestJavaPeer("composed-8")),
                them -> judged(againstJava(them, 1), ratio(them, 1) >= IN_PAYARA));
        verdict("10 KiB, 8 senders, loopback", "1x smtp-source",
                need(results.ours("10KiB-8"), results.of("10KiB-8", Results.IN_C)),
                them -> judged(against(them, 1), ratio(them, 1) >= 1));
        verdict("no cliff at 8 KiB, 8 senders, loopback", "10 KiB at least 0.6x of 7 KiB",
                need(results.ours("10KiB-8"), results.ours("7KiB-8")),
                them -> judged(Figures.ratio(ratio(them, 1)), ratio(them, 1) >= NO_CLIFF));
    }

    private void distant() {
        distant("20 ms, single sends", "far-pipelining", 2.1, 1.5);
        distant("20 ms, single sends, CHUNKING", "far-chunking", 1.1, 2.8);
        distant("20 ms, stream of mails", "far-stream-pipelining", 1.1, 3);
        distant("20 ms, stream of mails, CHUNKING", "far-stream-chunking", 0.1, 30);
    }

    private void distant(String what, String scenario, double trips, double times) {
        verdict(what, trips + " round trips; " + Figures.ratio(times) + " the best peer",
                need(results.ours(scenario), best(scenario)),
                them -> judged(trips(them.get(0)) + " round trips; " + against(them, 1),
                        them.get(0).roundTrips().orElse(Double.MAX_VALUE) <= trips && ratio(them, 1) >= times));
    }

    /** The best peer, be it Java or C. */
    private Optional<Result> best(String scenario) {
        Optional<Result> java = results.bestJavaPeer(scenario);
        Optional<Result> inC = results.of(scenario, Results.IN_C);
        return inC.isPresent() && java.isPresent() && Results.ratio(inC.get(), java.get()) > 1 ? inC : java;
    }

    private void recipients() {
        recipients("", "pipelining", 3.1);
        recipients(", CHUNKING", "chunking", 2.1);
    }

    private void recipients(String with, String sink, double trips) {
        verdict("20 ms, 20 recipients, partial sending" + with, "as 1 recipient within 10 %",
                need(results.ours("far-20-partial-" + sink), results.ours("far-" + sink)),
                them -> judged(Figures.ratio(ratio(them, 1)) + " the rate of 1 recipient", ratio(them, 1) >= SAME));
        verdict("20 ms, 20 recipients, all or nobody" + with, trips + " round trips",
                need(results.ours("far-20-all-" + sink)),
                them -> judged(trips(them.get(0)) + " round trips",
                        them.get(0).roundTrips().orElse(Double.MAX_VALUE) <= trips));
    }

    private void secure() {
        verdict("STARTTLS + AUTH, 8 senders, loopback", "60x Angus connecting per mail",
                need(results.ours("tls-8"), results.of("tls-8", ANGUS_CONNECTING)),
                them -> judged(against(them, 1), ratio(them, 1) >= SECURE));
    }

    private void idle() {
        idle("idle session", false, 20_000);
        idle("idle session, TLS", true, 33_000);
    }

    private void idle(String what, boolean secure, long heap) {
        Optional<Idle> ours = results.idle().stream().filter(idle -> idle.secure() == secure
                && idle.contender().equals(Results.OURS)).findFirst();
        String goal = "no thread, " + Figures.kilobytes(heap) + " kB heap";
        verdicts.add(ours.map(idle -> new Verdict(what, goal, idle.threads() + " threads for " + idle.connections()
                + ", " + Figures.kilobytes(idle.heap()) + " kB each",
                Met.of(idle.threads() <= 0 && idle.heap() <= heap))).orElse(new Verdict(what, goal, "", Met.UNKNOWN)));
    }

    private void allocation() {
        allocation("allocation, ready bytes", "ready-chunking", 1_000);
        allocation("allocation, composed", "composed-chunking", 20_000);
    }

    private void allocation(String what, String scenario, int most) {
        verdict(what, Figures.kilobytes(most) + " kB a mail and its size", need(results.ours(scenario)),
                them -> judged(Figures.or(them.get(0).allocated(), Figures::kilobytes) + " kB in all",
                        them.get(0).allocated().orElse(Double.MAX_VALUE) <= most + them.get(0).scenario().size()));
    }

    private record Judged(String measured, boolean met) {
    }

    private static Judged judged(String measured, boolean met) {
        return new Judged(measured, met);
    }

    /** All of them, or none where one is missing. */
    @SafeVarargs
    private static Optional<List<Result>> need(Optional<Result>... needed) {
        List<Result> there = new ArrayList<>();
        for (Optional<Result> one : needed) {
            one.ifPresent(there::add);
        }
        return there.size() == needed.length ? Optional.of(there) : Optional.empty();
    }

    private void verdict(String what, String goal, Optional<List<Result>> them, Function<List<Result>, Judged> judge) {
        verdicts.add(them.map(judge).map(judged -> new Verdict(what, goal, judged.measured, Met.of(judged.met)))
                .orElse(new Verdict(what, goal, "", Met.UNKNOWN)));
    }

    private static double ratio(List<Result> them, int other) {
        return Results.ratio(them.get(0), them.get(other));
    }

    private static String against(List<Result> them, int other) {
        return Figures.ratio(ratio(them, other)) + " " + them.get(other).contender();
    }

    /** The same, and what an expert gets out of Angus. */
    private String againstJava(List<Result> them, int other) {
        return against(them, other) + results.bestTunedPeer(them.get(0).scenario().name())
                .map(tuned -> " (" + Figures.ratio(Results.ratio(them.get(0), tuned)) + " " + tuned.contender() + ")")
                .orElse("");
    }

    private static String trips(Result result) {
        return Figures.or(result.roundTrips(), Figures::count);
    }
}
