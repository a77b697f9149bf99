package dev.mailroom.pool;

import dev.mailroom.ConnectionLimits;
import java.time.Duration;

/** What the pool knows of one key. Guarded by the pool's lock. */
final class Partition<K, R> extends Chain.Link<Partition<K, R>> {
    /** At most this part of its life is taken from a resource, so that those opened together do not end together. */
    private static final double JITTER = 0.1;

    /** Refusals that follow a halving within this time belong to the same burst. */
    private static final long BURST = Duration.ofSeconds(1).toNanos();

    final K key;
    final Destination<K, R> destination;
    final Chain<Entry<K, R>> idle = new Chain<>();
    final Chain<Waiter<K, R>> waiters = new Chain<>();
    final Tally tally = new Tally();

    /** Places taken. */
    int open;

    /** How many of these become free as soon as their resource is closed. */
    int retiring;

    /** Lent. */
    int inUse;

    /** Being opened to be kept warm. */
    int warming;

    boolean suspended;
    boolean dropped;
    long vacantSince;

    /** Entries of earlier epochs are closed when they come back. */
    long flushed;

    /** Its first waiter while its own limit does not keep it waiting, else null. */
    Waiter<K, R> queued;

    private ConnectionLimits limits;
    private long idleTimeout;
    private long maxLifetime;
    private long validateAfterIdle;
    private int resized;
    private int ceiling = Integer.MAX_VALUE;
    private long shrunkAt;
    private long growsAt;

    Partition(K key, Destination<K, R> destination) {
        this.key = key;
        this.destination = destination;
        apply(ConnectionLimits.DEFAULTS);
    }

    /** Puts limits in force; true if the maximum is another. */
    boolean apply(ConnectionLimits wanted) {
        if (wanted == limits) {
            return false;
        }
        // Not by equals: the JDK keeps the class of the last record compared, and with it an undeployed application.
        boolean other = limits == null || limits.maxConnections() != wanted.maxConnections();
        limits = wanted;
        idleTimeout = Nanos.of(wanted.idleTimeout());
        maxLifetime = Nanos.of(wanted.maxLifetime());
        validateAfterIdle = Nanos.of(wanted.validateAfterIdle());
        return other;
    }

    int limit() {
        return resized > 0 ? resized : limits.maxConnections();
    }

    int effectiveLimit() {
        return Math.min(limit(), ceiling);
    }

    boolean hasRoom() {
        return open < effectiveLimit();
    }

    /** Whether more are open than may be, those aside that are about to be closed. */
    boolean hasSurplus() {
        return open - retiring > effectiveLimit();
    }

    int minIdle() {
        return Math.min(limits.minIdle(), effectiveLimit());
    }

    /** An administrator's limit, in force whatever the callers' limits say; 0 = the callers'. */
    void resize(int maximum) {
        resized = maximum;
    }

    /** Whether the effective limit fell. */
    boolean shrink(long now, long interval) {
        if (ceiling != Integer.MAX_VALUE && now - shrunkAt < BURST) {
            return false;
        }
        int before = effectiveLimit();
        ceiling = Math.max(1, before / 2);
        shrunkAt = now;
        growsAt = now + interval;
        return ceiling < before;
    }

    /** Whether the effective limit rose. */
    boolean regrow(long now, long interval) {
        if (ceiling == Integer.MAX_VALUE || now - growsAt < 0) {
            return false;
        }
        int before = effectiveLimit();
        long steps = 1 + (now - growsAt) / interval;
        growsAt += steps * interval;
        ceiling = ceiling + steps >= limit() ? Integer.MAX_VALUE : (int) (ceiling + steps);
        return effectiveLimit() > before;
    }

    /** Nothing is kept ready any more, until somebody acquires it; callers that wait keep their limit. */
    void cool() {
        apply(new ConnectionLimits(limits.maxConnections(), 0, limits.idleTimeout(), limits.maxLifetime(),
                limits.maxUses(), limits.validateAfterIdle()));
    }

    /** Forgets what an administrator set for this key. */
    void reset() {
        cool();
        resized = 0;
        ceiling = Integer.MAX_VALUE;
        suspended = false;
    }

    /** Whether nothing would be lost but statistics if the key were forgotten. */
    boolean isVacant() {
        return open == 0 && waiters.isEmpty() && !suspended && resized == 0 && limits.minIdle() == 0;
    }

    boolean tooOld(Entry<K, R> entry, long now) {
        return maxLifetime > 0 && now - entry.openedAt >= maxLifetime - (long) (maxLifetime * JITTER * entry.jitter);
    }

    boolean tooLongIdle(Entry<K, R> entry, long now) {
        return idleTimeout > 0 && now - entry.idleSince >= idleTimeout;
    }

    /** The entry, with what its age tells: whether it must be closed instead of lent, or probed first. */
    Entry<K, R> examined(Entry<K, R> entry, long now) {
        entry.suspect = validateAfterIdle > 0 && now - entry.idleSince >= validateAfterIdle;
        if (tooOld(entry, now)) {
            entry.discardReason = DiscardReason.MAX_LIFETIME;
        } else if (limits.minIdle() == 0 && tooLongIdle(entry, now)) {
            entry.discardReason = DiscardReason.IDLE_TIMEOUT;
        }
        return entry;
    }

    KeyStatistics statistics() {
        return new KeyStatistics(limit(), effectiveLimit(), open, idle.size(), inUse, waiters.size(),
                suspended, tally.activity());
    }
}
