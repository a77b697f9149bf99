package dev.mailroom.benchmark.report;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Content;
import dev.mailroom.benchmark.Scenario.Mode;
import java.util.ArrayList;
import java.util.List;

/** Scenarios in words. */
final class Titles {
    private Titles() {
    }

    static String of(Scenario scenario) {
        List<String> words = new ArrayList<>();
        words.add(scenario.size() < 1024 * 1024 ? scenario.size() / 1024 + " KiB" : scenario.size() / 1048576 + " MiB");
        words.add(scenario.content() == Content.READY ? "ready bytes" : "composed");
        words.add(scenario.senders() == 1 ? "1 sender" : scenario.senders() + " senders");
        words.add(scenario.roundTrip().isZero() ? "loopback" : scenario.roundTrip().toMillis() + " ms");
        if (scenario.mode() == Mode.STREAM) {
            words.add("stream");
        }
        if (scenario.secure()) {
            words.add("STARTTLS + AUTH");
        }
        if (scenario.recipients() > 1) {
            words.add(scenario.recipients() + " recipients, " + (scenario.partial() ? "partial" : "all or nobody"));
        }
        words.add(switch (scenario.sink()) {
            case SMTP_SINK -> "smtp-sink (PIPELINING)";
            case COUNTING -> "PIPELINING";
            case CHUNKING -> "PIPELINING, CHUNKING";
        });
        return String.join(", ", words);
    }
}
