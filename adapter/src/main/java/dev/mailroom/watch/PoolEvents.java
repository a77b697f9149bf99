package dev.mailroom.watch;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpReply;
import dev.mailroom.pool.Holder;
import dev.mailroom.pool.PoolEvent;
import dev.mailroom.pool.PoolEvent.KeyForgotten;
import dev.mailroom.pool.PoolEvent.KeyKnown;
import dev.mailroom.pool.PoolEvent.LeaseAwaited;
import dev.mailroom.pool.PoolEvent.LeaseEnded;
import dev.mailroom.pool.PoolEvent.LeaseGiven;
import dev.mailroom.pool.PoolEvent.LeaseLeaked;
import dev.mailroom.pool.PoolEvent.LeaseRefused;
import dev.mailroom.pool.PoolEvent.LimitChanged;
import dev.mailroom.pool.PoolEvent.ResourceDiscarded;
import dev.mailroom.pool.PoolEvent.ResourceOpenFailed;
import dev.mailroom.pool.PoolEvent.ResourceOpened;
import dev.mailroom.pool.PoolEvent.ResourceOpening;
import dev.mailroom.pool.PoolListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells the pool's events on as events of sessions. Also knows which key a session's id stands for. */
public final class PoolEvents implements PoolListener<SessionKey> {
    private final SmtpListener listener;
    private final Predicate<SessionKey> known;
    private final Consumer<SessionKey> forgotten;
    private final Map<String, SessionKey> byId = new ConcurrentHashMap<>();

    /**
     * {@code known} asks the pool, whose events about one key may come in any order; {@code forgotten} is told of keys
     * that it knows no longer.
     */
    public PoolEvents(SmtpListener listener, Predicate<SessionKey> known, Consumer<SessionKey> forgotten) {
        this.listener = listener;
        this.forgotten = forgotten;
        this.known = known;
    }

    /** The pool's key under that id. */
    public Optional<SessionKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Events may come in any order: the index follows what the pool says now. */
    private void index(SessionKey key) {
        byId.compute(key.id(), (id, old) -> known.test(key) ? key : null);
    }

    @Override
    public void on(PoolEvent<SessionKey> event) {
        if (event instanceof KeyKnown || event instanceof KeyForgotten) {
            index(event.key());
        }
        if (event instanceof KeyForgotten && !known.test(event.key())) {
            forgotten.accept(event.key());
        }
        listener.on(ofSession(event));
    }

    /** The same event in the words of sessions and connections; those of each mail first. */
    private static SmtpEvent ofSession(PoolEvent<SessionKey> event) {
        SessionKey session = event.key();
        if (event instanceof LeaseGiven<?> given) {
            return new SmtpEvent.ConnectionLeased(session, given.waited());
        } else if (event instanceof LeaseEnded<?> ended) {
            return new SmtpEvent.ConnectionReleased(session, ended.used());
        } else if (event instanceof LeaseAwaited) {
            return new SmtpEvent.ConnectionAwaited(session);
        } else if (event instanceof LeaseRefused<?> refused) {
            return new SmtpEvent.PoolExhausted(session, refused.exhaustion().message());
        } else if (event instanceof LeaseLeaked<?> leaked) {
            return new SmtpEvent.ConnectionLeaked(session, holder(leaked.holder()));
        } else if (event instanceof ResourceOpening) {
            return new SmtpEvent.ConnectionOpening(session);
        } else if (event instanceof ResourceOpened<?> opened) {
            return new SmtpEvent.ConnectionOpened(session, opened.took());
        } else if (event instanceof ResourceOpenFailed<?> failed) {
            return new SmtpEvent.ConnectionOpenFailed(session, failure(session, failed.failure()), failed.took());
        } else if (event instanceof ResourceDiscarded<?> discarded) {
            return new SmtpEvent.ConnectionDiscarded(session, discarded.reason().name());
        } else if (event instanceof LimitChanged<?> changed) {
            return new SmtpEvent.EffectiveLimitChanged(session, changed.effectiveLimit());
        } else if (event instanceof KeyKnown) {
            return new SmtpEvent.SessionKnown(session);
        } else if (event instanceof KeyForgotten) {
            return new SmtpEvent.SessionForgotten(session);
        }
        throw new IllegalStateException("no words of a session for " + event.getClass().getName());
    }

    private static Failure failure(SessionKey key, Throwable thrown) {
        return thrown.getCause() instanceof SmtpException smtp ? smtp.failure()
                : new Failure(Phase.CONNECT, String.valueOf(thrown.getMessage()), Delivery.NOT_SENT, false,
                        SmtpReply.NONE, List.of(), key.host(), key.port());
    }

    private static String holder(Holder holder) {
        return holder + holder.stack().stream().map(frame -> "\n    at " + frame).collect(Collectors.joining());
    }
}
