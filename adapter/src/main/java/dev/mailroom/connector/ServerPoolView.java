package dev.mailroom.connector;

import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;
import dev.mailroom.TlsMode;
import dev.mailroom.connector.ConnectionCounts.Numbers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What there is to see when the application server pools: the sessions of one application with its mails and failures,
 * and what the resource adapter counts of their connections, which may serve other applications too. The pool's own
 * limits, places and waits are the server's to show.
 */
public final class ServerPoolView implements SmtpPool {
    private static final Spread NONE =
            new Spread(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final MailCounts mails;
    private final Supplier<Optional<ConnectionCounts>> connections;

    /** What was counted of an application's mails, and of the adapter's connections once that is found. */
    public ServerPoolView(MailCounts mails, Supplier<Optional<ConnectionCounts>> connections) {
        this.mails = mails;
        this.connections = connections;
    }

    @Override
    public List<PoolRow> sessions() {
        return mails.sessions().stream()
                .sorted(Comparator.comparing(SessionKey::user).thenComparing(SessionKey::host)
                        .thenComparing(SessionKey::port).thenComparing(SessionKey::id))
                .map(this::row).toList();
    }

    @Override
    public Optional<PoolRow> session(String id) {
        return mails.session(id).map(this::row);
    }

    @Override
    public PoolRow total() {
        return row(PoolRow.TOTAL, "", "", 0, TlsMode.NONE, mails.messages(), mails.failures(),
                connections.get().map(ConnectionCounts::total).orElse(Numbers.NONE));
    }

    private PoolRow row(SessionKey key) {
        return row(key.id(), key.user(), key.host(), key.port(), key.tls(), mails.messages(key),
                mails.failures(key), connections.get().map(counts -> counts.of(key)).orElse(Numbers.NONE));
    }

    private static PoolRow row(String id, String user, String host, int port, TlsMode tls, long messages,
            Map<Phase, Long> failures, Numbers numbers) {
        return new PoolRow(id, user, host, port, tls, 0, 0, numbers.open(), numbers.open() - numbers.inUse(),
                numbers.inUse(), 0, false, numbers.opened(), numbers.openFailures(), numbers.leases(), 0, messages,
                failures, numbers.discarded(), NONE, NONE);
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
