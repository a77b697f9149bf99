package dev.mailroom.pool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a listener hears, one word and its key each. */
final class Events implements PoolListener<String> {
    private static final Map<Class<?>, String> WORDS = Map.of(
            PoolEvent.ResourceOpening.class, "opening",
            PoolEvent.ResourceOpened.class, "opened",
            PoolEvent.ResourceOpenFailed.class, "failed",
            PoolEvent.LeaseAwaited.class, "waiting",
            PoolEvent.LeaseGiven.class, "leased",
            PoolEvent.LeaseEnded.class, "released",
            PoolEvent.LeaseRefused.class, "exhausted",
            PoolEvent.LeaseLeaked.class, "leak");

    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<Holder> leaks = new CopyOnWriteArrayList<>();

    @Override
    public void on(PoolEvent<String> event) {
        if (event instanceof PoolEvent.LeaseLeaked<String> leaked) {
            leaks.add(leaked.holder());
        }
        word(event).ifPresent(word -> heard.add(word + " " + event.key()));
    }

    private static Optional<String> word(PoolEvent<String> event) {
        if (event instanceof PoolEvent.ResourceDiscarded<String> discarded) {
            return Optional.of(discarded.reason().name());
        } else if (event instanceof PoolEvent.LimitChanged<String> changed) {
            return Optional.of("limit " + changed.effectiveLimit());
        }
        return Optional.ofNullable(WORDS.get(event.getClass()));
    }
}
