package dev.mailroom.pool;

import java.util.Optional;

/** Resources that cost nothing, so that a test or a benchmark is about the pool alone. */
final class NoResources implements PooledResources<Integer, Object, RuntimeException> {
    @Override
    public Optional<Opener<Object, RuntimeException>> idleOpener(Integer key) {
        return Optional.empty();
    }

    @Override
    public boolean quiet(Object resource) {
        return true;
    }

    @Override
    public boolean probe(Object resource) {
        return true;
    }

    @Override
    public void close(Object resource) {
        // Nothing was opened.
    }
}
