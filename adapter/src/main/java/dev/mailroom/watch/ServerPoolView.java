package dev.mailroom.watch;

import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Counts;
import dev.mailroom.PoolRow.Limits;
import dev.mailroom.PoolRow.Places;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;
import dev.mailroom.watch.ConnectionCounts.ConnectionNumbers;
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
    private final MailCounts mails;
    private final Supplier<Optional<ConnectionCounts>> connections;

    /** What was counted of an application's mails, and of the adapter's connections once that is found. */
    public ServerPoolView(MailCounts mails, Supplier<Optional<ConnectionCounts>> connections) {
        this.mails = mails;
        this.connections = connections;
    }

    @Override
    public List<PoolRow> sessions() {
        return mails.sessions().stream().sorted(PoolView.BY_NAME).map(this::row).toList();
    }

    @Override
    public Optional<PoolRow> session(String id) {
        return mails.session(id).map(this::row);
    }

    @Override
    public PoolRow total() {
        return row(PoolRow.TOTAL, Optional.empty(), false, 0, mails.messages(), mails.failures(),
                connections.get().map(ConnectionCounts::total).orElse(ConnectionNumbers.NONE));
    }

    private PoolRow row(SessionKey key) {
        return row(key.id(), Optional.of(key), mails.authenticated(key), mails.mailLimit(key), mails.messages(key),
                mails.failures(key),
                connections.get().map(counts -> counts.of(key)).orElse(ConnectionNumbers.NONE));
    }

    private static PoolRow row(String id, Optional<SessionKey> session, boolean authenticated, int mailLimit,
            long messages, Map<Phase, Long> failures, ConnectionNumbers numbers) {
        var places = new Places(
                numbers.open(), numbers.open() - numbers.inUse(), numbers.inUse(), 0, false);
        var counts = new Counts(numbers.opened(), numbers.openFailures(), numbers.leases(), 0, numbers.discarded(),
                messages, failures);
        return new PoolRow(id, session, authenticated, new Limits(0, 0, mailLimit), places, counts, Spread.NONE,
                Spread.NONE);
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
