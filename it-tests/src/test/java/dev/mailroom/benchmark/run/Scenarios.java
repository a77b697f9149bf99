package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Sink;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What is measured: not every combination, but each dimension, and each goal. */
final class Scenarios {
    private static final int KIB = 1024;
    private static final Duration FAR = Duration.ofMillis(20);

    private Scenarios() {
    }

    /** In the report's order. */
    static List<Scenario> all() {
        return Stream.of(loopback(), sizes(), secure(), distant()).flatMap(List::stream).toList();
    }

    /** Each mode and each contender once, over a short distance. */
    static List<Scenario> brief() {
        Scenario near = Scenario.of("near").behind(Duration.ofMillis(2)).composed();
        return List.of(
                Scenario.of("ready-smtp-sink").at(Sink.SMTP_SINK),
                Scenario.of("composed-8").senders(8).composed(),
                Scenario.of("ready-stream").stream(),
                Scenario.of("composed-stream").composed().stream(),
                Scenario.of("10KiB-8").size(10 * KIB).senders(8),
                Scenario.of("tls-composed-8").secured().senders(8).composed(),
                named("near-20-partial", near.at(Sink.COUNTING).to(20, true)),
                named("near-20-all-stream", near.to(20, false).stream()));
    }

    private static List<Scenario> loopback() {
        return List.of(
                Scenario.of("ready-smtp-sink").at(Sink.SMTP_SINK),
                Scenario.of("ready-pipelining").at(Sink.COUNTING),
                Scenario.of("ready-chunking"),
                Scenario.of("ready-stream").stream(),
                Scenario.of("composed-smtp-sink").composed().at(Sink.SMTP_SINK),
                Scenario.of("composed-pipelining").composed().at(Sink.COUNTING),
                Scenario.of("composed-chunking").composed(),
                Scenario.of("composed-stream").composed().stream(),
                Scenario.of("ready-8").senders(8),
                Scenario.of("composed-8").senders(8).composed(),
                Scenario.of("ready-32").senders(32),
                Scenario.of("composed-32").senders(32).composed());
    }

    private static List<Scenario> sizes() {
        return List.of(
                Scenario.of("7KiB-8").size(7 * KIB).senders(8),
                Scenario.of("10KiB-1").size(10 * KIB),
                Scenario.of("10KiB-8").size(10 * KIB).senders(8),
                Scenario.of("10KiB-32").size(10 * KIB).senders(32),
                Scenario.of("10KiB-composed-8").size(10 * KIB).senders(8).composed(),
                Scenario.of("1MiB-1").size(KIB * KIB),
                Scenario.of("1MiB-8").size(KIB * KIB).senders(8));
    }

    private static List<Scenario> secure() {
        return List.of(
                Scenario.of("tls-1").secured(),
                Scenario.of("tls-8").secured().senders(8),
                Scenario.of("tls-composed-8").secured().senders(8).composed());
    }

    private static List<Scenario> distant() {
        Scenario far = Scenario.of("far").behind(FAR).composed();
        return List.of(
                named("far-pipelining", far.at(Sink.COUNTING)),
                named("far-chunking", far),
                named("far-pipelining-8", far.at(Sink.COUNTING).senders(8)),
                named("far-chunking-8", far.senders(8)),
                named("far-stream-pipelining", far.at(Sink.COUNTING).stream()),
                named("far-stream-chunking", far.stream()),
                named("far-20-partial-pipelining", far.at(Sink.COUNTING).to(20, true)),
                named("far-20-partial-chunking", far.to(20, true)),
                named("far-20-all-pipelining", far.at(Sink.COUNTING).to(20, false)),
                named("far-20-all-chunking", far.to(20, false)),
                named("far-tls-chunking", far.secured()),
                named("far-1MiB", Scenario.of("far").behind(FAR).size(KIB * KIB)));
    }

    private static Scenario named(String name, Scenario like) {
        return new Scenario(name, like.size(), like.senders(), like.roundTrip(), like.secure(), like.content(),
                like.recipients(), like.partial(), like.sink(), like.mode());
    }
}
