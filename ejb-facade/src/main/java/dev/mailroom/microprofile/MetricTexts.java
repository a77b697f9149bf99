package dev.mailroom.microprofile;

import java.util.Map;
import org.eclipse.microprofile.metrics.Metadata;

/** What each metric is, as monitoring shows it ({@code HELP} in the Prometheus format). */
final class MetricTexts {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("mailroom.messages", "Mails that the server accepted"),
            Map.entry("mailroom.failures", "Requests that failed, by phase of the dialogue; lease = no connection"),
            Map.entry("mailroom.connections.opened", "Connections opened"),
            Map.entry("mailroom.connections.discarded", "Connections closed, by reason"),
            Map.entry("mailroom.connections.exhausted", "Callers that got no connection in time"),
            Map.entry("mailroom.session.open", "Connections of the session that exist"),
            Map.entry("mailroom.session.idle", "Connections of the session waiting to be lent"),
            Map.entry("mailroom.session.in.use", "Connections of the session that are lent"),
            Map.entry("mailroom.session.waiting", "Callers waiting for a connection of the session"),
            Map.entry("mailroom.session.wait.seconds", "How long callers waited for a connection, opening included"),
            Map.entry("mailroom.session.use.seconds", "How long connections were lent"),
            Map.entry("mailroom.pool.limit", "Most connections of the whole pool"),
            Map.entry("mailroom.pool.open", "Connections that exist"),
            Map.entry("mailroom.pool.idle", "Connections waiting to be lent"),
            Map.entry("mailroom.pool.in.use", "Connections that are lent"),
            Map.entry("mailroom.pool.waiting", "Callers waiting for a connection"));

    private MetricTexts() {
    }

    /** The metric's name with its text. */
    static Metadata of(String name) {
        String text = TEXTS.get(name);
        if (text == null) {
            throw new IllegalArgumentException("the metric " + name + " has no text");
        }
        return Metadata.builder().withName(name).withDescription(text).build();
    }
}
