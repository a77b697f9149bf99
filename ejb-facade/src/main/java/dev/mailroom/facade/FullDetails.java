package dev.mailroom.facade;

import dev.mailroom.Failure;
import java.util.StringJoiner;

/** {@code errFullDetails}: one fact on each line. */
final class FullDetails {
    private FullDetails() {
    }

    static String of(MailError error) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("error: " + error.code());
        lines.add("message: " + error.message());
        error.failure().ifPresent(failure -> add(failure, lines));
        error.recipients().stream().filter(one -> !one.reason().isEmpty())
                .forEach(one -> lines.add("not sent: " + one.address() + ": " + one.reason()));
        return lines.toString();
    }

    private static void add(Failure failure, StringJoiner lines) {
        lines.add("phase: " + failure.phase());
        if (failure.reply().isPresent()) {
            lines.add("reply: " + failure.reply().code());
            if (!failure.reply().enhancedStatus().isEmpty()) {
                lines.add("enhanced status: " + failure.reply().enhancedStatus());
            }
            lines.add("text: " + failure.reply().text().replace('\n', ' '));
        }
        lines.add("host: " + failure.host());
        lines.add("port: " + failure.port());
        lines.add("delivery: " + failure.delivery());
        failure.refused().forEach(refused -> lines.add("refused: " + refused));
    }
}
