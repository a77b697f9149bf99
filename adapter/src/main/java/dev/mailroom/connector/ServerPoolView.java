package dev.mailroom.connector;

import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;
import dev.mailroom.TlsMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to see when the application server pools: mails and failures. Its own tools show the rest. */
public final class ServerPoolView implements SmtpPool {
    private static final Spread NONE =
            new Spread(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final MailCounts counts;

    /** What was counted of an application's mails. */
    public ServerPoolView(MailCounts counts) {
        this.counts = counts;
    }

    @Override
    public List<PoolRow> sessions() {
        return counts.sessions().stream()
                .sorted(Comparator.comparing(SessionKey::user).thenComparing(SessionKey::host)
                        .thenComparing(SessionKey::port).thenComparing(SessionKey::id))
                .map(key -> row(key.id(), key.user(), key.host(), key.port(), key.tls(),
                        counts.messages(key), counts.failures(key)))
                .toList();
    }

    @Override
    public Optional<PoolRow> session(String id) {
        return sessions().stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public PoolRow total() {
        return row(PoolRow.TOTAL, "", "", 0, TlsMode.NONE, counts.messages(), counts.failures());
    }

    private static PoolRow row(String id, String user, String host, int port, TlsMode tls, long messages,
            Map<Phase, Long> failures) {
        return new PoolRow(id, user, host, port, tls, 0, 0, 0, 0, 0, 0, false, 0, 0, 0, 0, messages, failures,
                Map.of(), NONE, NONE);
    }

    @Override
    public boolean resize(String id, int limit) {
        return false;
    }

    @Override
    public boolean flushIdle(String id) {
        return false;
    }

    @Override
    public boolean flush(String id) {
        return false;
    }

    @Override
    public boolean suspend(String id) {
        return false;
    }

    @Override
    public boolean resume(String id) {
        return false;
    }

    @Override
    public boolean drop(String id) {
        return false;
    }
}
