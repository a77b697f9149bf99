package dev.mailroom.spool.jdbc;

import dev.mailroom.DeliveryNotification.Event;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An envelope in one column: a line of switches, the reverse-path, then one forward-path a line. Mailboxes hold no line
 * ends, see {@link Envelope}.
 */
final class EnvelopeText {
    /** H2's longest text; about 30,000 recipients. */
    private static final int LONGEST = 1_000_000;
    private static final String UTF8_HEADER = "+utf8";

    private EnvelopeText() {
    }

    static String write(Envelope envelope) {
        var notification = envelope.notification();
        String events = notification.events().stream().map(Event::name).sorted().collect(Collectors.joining("+"));
        String kind = (envelope.partialSend() ? "partial" : "all") + (envelope.utf8Header() ? UTF8_HEADER : "");
        String switches = String.join(",", kind, events,
                notification.headersOnly() ? "headers" : "full", notification.envelopeId());
        String text = switches + "\n" + envelope.reversePath() + "\n" + String.join("\n", envelope.forwardPaths());
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("the mail has too many recipients for the spool ("
                    + envelope.forwardPaths().size() + "); divide them between several mails");
        }
        return text;
    }

    static Envelope read(String text) {
        List<String> lines = text.lines().toList();
        String[] switches = lines.get(0).split(",", 4);
        var events = Arrays.stream(switches[1].split("\\+"))
                .filter(name -> !name.isEmpty()).map(Event::valueOf).collect(Collectors.toSet());
        return new Envelope(lines.get(1), lines.subList(2, lines.size()), switches[0].startsWith("partial"),
                new DeliveryNotification(events, switches[2].equals("headers"), switches[3]),
                switches[0].endsWith(UTF8_HEADER));
    }
}
