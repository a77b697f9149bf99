package dev.mailroom.pool;

import java.time.Duration;

/** A listener whose exceptions stay with it: a faulty one must not cost a connection. */
final class GuardedListener<K> implements PoolListener<K> {
    private static final System.Logger LOG = System.getLogger(GuardedListener.class.getName());

    private final PoolListener<K> listener;

    GuardedListener(PoolListener<K> listener) {
        this.listener = listener;
    }

    @Override
    public void onKnown(K key) {
        guard(() -> listener.onKnown(key));
    }

    @Override
    public void onForgotten(K key) {
        guard(() -> listener.onForgotten(key));
    }

    @Override
    public void beforeOpen(K key) {
        guard(() -> listener.beforeOpen(key));
    }

    @Override
    public void onOpened(K key, Duration took) {
        guard(() -> listener.onOpened(key, took));
    }

    @Override
    public void onOpenFailed(K key, Throwable failure, Duration took) {
        guard(() -> listener.onOpenFailed(key, failure, took));
    }

    @Override
    public void beforeWait(K key) {
        guard(() -> listener.beforeWait(key));
    }

    @Override
    public void onLeased(K key, Duration waited) {
        guard(() -> listener.onLeased(key, waited));
    }

    @Override
    public void onReleased(K key, Duration used) {
        guard(() -> listener.onReleased(key, used));
    }

    @Override
    public void onDiscarded(K key, DiscardReason reason) {
        guard(() -> listener.onDiscarded(key, reason));
    }

    @Override
    public void onExhausted(K key, Exhaustion exhaustion) {
        guard(() -> listener.onExhausted(key, exhaustion));
    }

    @Override
    public void onLeak(K key, Holder holder) {
        guard(() -> listener.onLeak(key, holder));
    }

    @Override
    public void onEffectiveLimit(K key, int effectiveLimit) {
        guard(() -> listener.onEffectiveLimit(key, effectiveLimit));
    }

    private static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "a pool listener failed; the pool goes on", e);
        }
    }
}
