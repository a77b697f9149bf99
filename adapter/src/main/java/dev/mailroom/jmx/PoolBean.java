package dev.mailroom.jmx;

import dev.mailroom.PoolRow;
import dev.mailroom.SmtpPool;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Passes on one row of the pool. Each question asks the pool anew. */
class PoolBean implements PoolMXBean {
    final SmtpPool pool;
    final String id;
    private final Supplier<Optional<PoolRow>> source;

    /** The row for all sessions together. */
    PoolBean(SmtpPool pool) {
        this(pool, PoolRow.TOTAL, () -> Optional.of(pool.total()));
    }

    PoolBean(SmtpPool pool, String id, Supplier<Optional<PoolRow>> source) {
        this.pool = pool;
        this.id = id;
        this.source = source;
    }

    private PoolRow row() {
        return source.get().orElseThrow(PoolBean::gone);
    }

    static IllegalStateException gone() {
        return new IllegalStateException("the pool has forgotten this session, or belongs to the application server");
    }

    static void done(boolean found) {
        if (!found) {
            throw gone();
        }
    }

    @Override
    public int getLimit() {
        return row().limit();
    }

    @Override
    public int getEffectiveLimit() {
        return row().effectiveLimit();
    }

    @Override
    public int getOpen() {
        return row().open();
    }

    @Override
    public int getIdle() {
        return row().idle();
    }

    @Override
    public int getInUse() {
        return row().inUse();
    }

    @Override
    public int getWaiting() {
        return row().waiting();
    }

    @Override
    public boolean isSuspended() {
        return row().suspended();
    }

    @Override
    public long getCreated() {
        return row().opened();
    }

    @Override
    public long getOpenFailures() {
        return row().openFailures();
    }

    @Override
    public long getLeases() {
        return row().leases();
    }

    @Override
    public long getExhausted() {
        return row().exhausted();
    }

    @Override
    public long getMessages() {
        return row().messages();
    }

    @Override
    public Map<String, Long> getFailures() {
        return row().failures().entrySet().stream()
                .collect(Collectors.toMap(failure -> failure.getKey().name(), Map.Entry::getValue));
    }

    @Override
    public Map<String, Long> getDiscarded() {
        return row().discarded();
    }

    @Override
    public TimeSpread getWaitTimes() {
        return new TimeSpread(row().waits());
    }

    @Override
    public TimeSpread getUseTimes() {
        return new TimeSpread(row().uses());
    }

    @Override
    public void resize(int limit) {
        done(pool.resize(id, limit));
    }

    @Override
    public void flushIdle() {
        done(pool.flushIdle(id));
    }

    @Override
    public void flushGracefully() {
        done(pool.flush(id));
    }

    @Override
    public void suspend() {
        done(pool.suspend(id));
    }

    @Override
    public void resume() {
        done(pool.resume(id));
    }
}
