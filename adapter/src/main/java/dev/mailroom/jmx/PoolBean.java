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

    PoolRow row() {
        return source.get().orElseThrow(PoolBean::gone);
    }

    static IllegalStateException gone() {
        return new IllegalStateException("the pool has forgotten this session, or belongs to the application server");
    }

    void done(boolean found, String what) {
        if (!found) {
            throw gone();
        }
        JmxAuditTrail.did(what + " " + shown());
    }

    /** What a person knows it by. */
    String shown() {
        return "the whole pool";
    }

    @Override
    public int getLimit() {
        return row().limits().connections();
    }

    @Override
    public int getEffectiveLimit() {
        return row().limits().effective();
    }

    @Override
    public int getMailLimit() {
        return row().limits().mails();
    }

    @Override
    public int getOpen() {
        return row().places().open();
    }

    @Override
    public int getIdle() {
        return row().places().idle();
    }

    @Override
    public int getInUse() {
        return row().places().inUse();
    }

    @Override
    public int getWaiting() {
        return row().places().waiting();
    }

    @Override
    public boolean isSuspended() {
        return row().places().suspended();
    }

    @Override
    public long getOpened() {
        return row().counts().opened();
    }

    @Override
    public long getOpenFailures() {
        return row().counts().openFailures();
    }

    @Override
    public long getLeases() {
        return row().counts().leases();
    }

    @Override
    public long getExhausted() {
        return row().counts().exhausted();
    }

    @Override
    public long getMessages() {
        return row().counts().messages();
    }

    @Override
    public Map<String, Long> getFailures() {
        return row().counts().failures().entrySet().stream()
                .collect(Collectors.toMap(failure -> failure.getKey().name(), Map.Entry::getValue));
    }

    @Override
    public Map<String, Long> getDiscarded() {
        return row().counts().discarded();
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
        done(pool.resize(id, limit), "set to " + limit + " the limit of");
    }

    @Override
    public void flushIdle() {
        done(pool.flushIdle(id), "flushed the idle connections of");
    }

    @Override
    public void flush() {
        done(pool.flush(id), "flushed");
    }

    @Override
    public void suspend() {
        done(pool.suspend(id), "suspended");
    }

    @Override
    public void resume() {
        done(pool.resume(id), "resumed");
    }
}
