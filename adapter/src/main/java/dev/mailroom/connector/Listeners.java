package dev.mailroom.connector;

import dev.mailroom.Caller;
import dev.mailroom.Failure;
import dev.mailroom.Receipt;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one, told in their order. What one throws stays with it: no mail may fail for it. */
public final class Listeners implements SmtpListener {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final SmtpListener[] all;

    /** These listeners, in this order. */
    public Listeners(List<? extends SmtpListener> all) {
        this.all = all.toArray(SmtpListener[]::new);
    }

    private void tell(Consumer<SmtpListener> event) {
        for (SmtpListener listener : all) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, "a listener failed; Mailroom goes on", e);
            }
        }
    }

    @Override
    public void onSessionOpened(SessionKey session, Caller caller) {
        tell(listener -> listener.onSessionOpened(session, caller));
    }

    @Override
    public void onSessionKnown(SessionKey session) {
        tell(listener -> listener.onSessionKnown(session));
    }

    @Override
    public void onSessionForgotten(SessionKey session) {
        tell(listener -> listener.onSessionForgotten(session));
    }

    @Override
    public void beforeOpen(SessionKey session) {
        tell(listener -> listener.beforeOpen(session));
    }

    @Override
    public void onOpened(SessionKey session, Duration took) {
        tell(listener -> listener.onOpened(session, took));
    }

    @Override
    public void onOpenFailed(SessionKey session, Failure failure, Duration took) {
        tell(listener -> listener.onOpenFailed(session, failure, took));
    }

    @Override
    public void beforeWait(SessionKey session) {
        tell(listener -> listener.beforeWait(session));
    }

    @Override
    public void onLeased(SessionKey session, Duration waited) {
        tell(listener -> listener.onLeased(session, waited));
    }

    @Override
    public void onReleased(SessionKey session, Duration used) {
        tell(listener -> listener.onReleased(session, used));
    }

    @Override
    public void onDiscarded(SessionKey session, String reason) {
        tell(listener -> listener.onDiscarded(session, reason));
    }

    @Override
    public void onExhausted(SessionKey session, String story) {
        tell(listener -> listener.onExhausted(session, story));
    }

    @Override
    public void onLeak(SessionKey session, String holder) {
        tell(listener -> listener.onLeak(session, holder));
    }

    @Override
    public void onEffectiveLimit(SessionKey session, int effectiveLimit) {
        tell(listener -> listener.onEffectiveLimit(session, effectiveLimit));
    }

    @Override
    public void onSent(SessionKey session, Receipt receipt, Duration took) {
        tell(listener -> listener.onSent(session, receipt, took));
    }

    @Override
    public void onFailed(SessionKey session, Failure failure, Duration took) {
        tell(listener -> listener.onFailed(session, failure, took));
    }
}
