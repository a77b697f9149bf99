package dev.mailroom.pool;

/** A listener whose exceptions stay with it: a faulty one must not cost a connection. */
final class GuardedListener<K> implements PoolListener<K> {
    private static final System.Logger LOG = System.getLogger(GuardedListener.class.getName());

    private final PoolListener<K> listener;

    GuardedListener(PoolListener<K> listener) {
        this.listener = listener;
    }

    @Override
    public void on(PoolEvent<K> event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "a pool listener failed; the pool goes on", e);
        }
    }
}
