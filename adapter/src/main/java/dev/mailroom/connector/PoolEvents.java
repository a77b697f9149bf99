package dev.mailroom.connector;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.pool.DiscardReason;
import dev.mailroom.pool.Exhaustion;
import dev.mailroom.pool.Holder;
import dev.mailroom.pool.PoolListener;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the pool tells of its keys, told on about sessions. Also knows which key a session's id stands for. */
final class PoolEvents implements PoolListener<SmtpConnectionRequestInfo> {
    private final SmtpListener listener;
    private final Predicate<SmtpConnectionRequestInfo> known;
    private final Map<String, SmtpConnectionRequestInfo> byId = new ConcurrentHashMap<>();

    /** {@code known} asks the pool, whose events about one key may come in any order. */
    PoolEvents(SmtpListener listener, Predicate<SmtpConnectionRequestInfo> known) {
        this.listener = listener;
        this.known = known;
    }

    /** The pool's key under that id. */
    Optional<SmtpConnectionRequestInfo> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whatever came last, this brings the index to what the pool says now. */
    private void index(SmtpConnectionRequestInfo key) {
        byId.compute(key.session().id(), (id, old) -> known.test(key) ? key : null);
    }

    @Override
    public void onKnown(SmtpConnectionRequestInfo key) {
        index(key);
        listener.onSessionKnown(key.session());
    }

    @Override
    public void onForgotten(SmtpConnectionRequestInfo key) {
        index(key);
        listener.onSessionForgotten(key.session());
    }

    @Override
    public void beforeOpen(SmtpConnectionRequestInfo key) {
        listener.beforeOpen(key.session());
    }

    @Override
    public void onOpened(SmtpConnectionRequestInfo key, Duration took) {
        listener.onOpened(key.session(), took);
    }

    @Override
    public void onOpenFailed(SmtpConnectionRequestInfo key, Throwable failure, Duration took) {
        listener.onOpenFailed(key.session(), failure(key, failure), took);
    }

    private static Failure failure(SmtpConnectionRequestInfo key, Throwable thrown) {
        return thrown.getCause() instanceof SmtpException smtp ? smtp.failure()
                : Failure.before(Phase.CONNECT, String.valueOf(thrown.getMessage()), key.settings());
    }

    @Override
    public void beforeWait(SmtpConnectionRequestInfo key) {
        listener.beforeWait(key.session());
    }

    @Override
    public void onLeased(SmtpConnectionRequestInfo key, Duration waited) {
        listener.onLeased(key.session(), waited);
    }

    @Override
    public void onReleased(SmtpConnectionRequestInfo key, Duration used) {
        listener.onReleased(key.session(), used);
    }

    @Override
    public void onDiscarded(SmtpConnectionRequestInfo key, DiscardReason reason) {
        listener.onDiscarded(key.session(), reason.name());
    }

    @Override
    public void onExhausted(SmtpConnectionRequestInfo key, Exhaustion exhaustion) {
        listener.onExhausted(key.session(), exhaustion.message());
    }

    @Override
    public void onLeak(SmtpConnectionRequestInfo key, Holder holder) {
        listener.onLeak(key.session(), holder + holder.stack().stream()
                .map(frame -> "\n    at " + frame).collect(Collectors.joining()));
    }

    @Override
    public void onEffectiveLimit(SmtpConnectionRequestInfo key, int effectiveLimit) {
        listener.onEffectiveLimit(key.session(), effectiveLimit);
    }
}
