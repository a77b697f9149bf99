package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Work;
import dev.mailroom.benchmark.report.Result;
import dev.mailroom.benchmark.report.Result.Round;
import dev.mailroom.benchmark.report.Results;
import dev.mailroom.testing.SinkCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One scenario: all contenders are warmed up, then all measured in turn, round after round. */
final class Race {
    private static final int ATTEMPTS = 3;
    /** A peer's rare hang shall not cost it the scenario. */
    private static final int PEERS_ATTEMPTS = 3;

    private final Scenario scenario;
    private final Effort effort;
    private final Server server;

    /** A contender, how many mails are a round for it, what it has done so far. */
    private static final class Runner {
        final Contender contender;
        final List<Round> rounds = new ArrayList<>();
        int mails;
        Optional<String> failure = Optional.empty();
        /** With its start, its warm-up and all that the measured time leaves out. */
        long spentNanos;

        Runner(Contender contender) {
            this.contender = contender;
        }
    }

    /** Something that may fail without keeping the others from running. */
    private interface Leg {
        void run(Runner runner) throws IOException;
    }

    private Race(Scenario scenario, Effort effort, Server server) {
        this.scenario = scenario;
        this.effort = effort;
        this.server = server;
    }

    /** Runs it; a contender that fails has a result that says so. */
    static List<Result> run(Scenario scenario, List<Contender> contenders, Effort effort, Consumer<String> progress)
            throws IOException {
        try (Server server = Server.start(scenario)) {
            return new Race(scenario, effort, server).run(contenders, progress);
        }
    }

    private List<Result> run(List<Contender> contenders, Consumer<String> progress) {
        List<Runner> runners = contenders.stream().filter(contender -> contender.can(scenario))
                .map(Runner::new).toList();
        all(runners, this::warmUp);
        for (int i = 0; i < effort.rounds(scenario); i++) {
            // Nobody is always the one who comes after the slowest.
            List<Runner> inTurn = new ArrayList<>(runners);
            Collections.rotate(inTurn, -i);
            all(inTurn, this::round);
        }
        progress.accept(scenario.name() + " took: " + runners.stream()
                .map(runner -> runner.contender.name() + " " + runner.spentNanos / 1_000_000 + " ms")
                .collect(Collectors.joining(", ")) + "\n");
        return runners.stream().map(runner -> new Result(scenario, runner.contender.name(),
                runner.failure.isPresent() ? List.of() : runner.rounds, runner.failure)).toList();
    }

    private void all(List<Runner> runners, Leg leg) {
        for (Runner runner : runners) {
            if (runner.failure.isEmpty()) {
                long start = System.nanoTime();
                // One of ours that fails has to be seen.
                int attempts = runner.contender.name().startsWith(Results.OURS) ? 1 : PEERS_ATTEMPTS;
                runner.failure = attempt(runner, leg);
                for (int i = 1; i < attempts && runner.failure.isPresent(); i++) {
                    runner.failure = attempt(runner, leg);
                }
                runner.spentNanos += System.nanoTime() - start;
            }
        }
    }

    /** Why it failed; empty = it did not. */
    private Optional<String> attempt(Runner runner, Leg leg) {
        try {
            Optional<SinkCounts> before = server.counts();
            runner.contender.open(scenario, server.target());
            openPool(runner.contender, before);
            leg.run(runner);
            runner.contender.shut();
            return Optional.empty();
        } catch (IOException e) {
            runner.contender.close();
            return Optional.of(e.getMessage());
        }
    }

    private void warmUp(Runner runner) throws IOException {
        Work work = runner.contender.send(effort.few(scenario));
        long nanos = work.nanos();
        long cpuNanos = work.cpuNanos();
        int slow = runner.contender.warmUps();
        while (!effort.warm(scenario, nanos / slow, cpuNanos / slow)) {
            work = runner.contender.send(effort.more(work.mails()));
            nanos += work.nanos();
            cpuNanos += work.cpuNanos();
        }
        runner.mails = mails(work);
    }

    private void round(Runner runner) throws IOException {
        Optional<SinkCounts> before = server.counts();
        Work work = runner.contender.send(runner.mails);
        Optional<SinkCounts> seen = before.map(earlier -> server.counts().orElseThrow().since(earlier));
        if (seen.isPresent() && seen.get().mails() != work.mails()) {
            throw new IOException(work.mails() + " mails were said to be sent, " + seen.get().mails() + " arrived");
        }
        runner.rounds.add(new Round(work, seen));
        runner.mails = mails(work);
    }

    /** Sends a few mails, until a pool has opened all the connections that it may have. */
    private void openPool(Contender contender, Optional<SinkCounts> before) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            contender.send(effort.few(scenario));
            Optional<SinkCounts> now = server.counts();
            if (now.isEmpty() || now.get().since(before.orElseThrow()).connections() >= scenario.senders()) {
                return;
            }
        }
    }

    private int mails(Work latest) {
        return effort.mails(scenario, latest.mails() * 1e9 / latest.nanos());
    }
}
