package dev.mailroom.connector;

import dev.mailroom.Caller;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpListener;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What an administrator must hear of, one line each, with an id to search for; the README's table explains them. The
 * same warning about the same session comes at most once a minute and then says how many were left out.
 */
public final class MailroomLog implements SmtpListener {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.pool");

    private final Repeats repeats;

    /** Warnings are counted by this monotonic clock. */
    public MailroomLog(LongSupplier nanoTime) {
        repeats = new Repeats(nanoTime);
    }

    @Override
    public void onSessionOpened(SessionKey session, Caller caller) {
        LOG.log(Level.INFO, () -> "MR0101 session " + session + " (" + session.tls() + ") opened by " + caller);
    }

    @Override
    public void onOpened(SessionKey session, Duration took) {
        LOG.log(Level.DEBUG, () -> "connection for " + session + " opened in " + took.toMillis() + " ms");
    }

    @Override
    public void onDiscarded(SessionKey session, String reason) {
        LOG.log(Level.DEBUG, () -> "connection for " + session + " closed: " + reason);
    }

    @Override
    public void onOpenFailed(SessionKey session, Failure failure, Duration took) {
        String id = failure.phase() == Phase.TLS ? "MR0303"
                : failure.phase() == Phase.AUTH ? "MR0304"
                : failure.reply().isPresent() ? "MR0302" : "MR0301";
        warn(id, session, failure.message());
    }

    @Override
    public void onFailed(SessionKey session, Failure failure, Duration took) {
        if (failure.delivery() == Delivery.IN_DOUBT) {
            warn("MR0305", session, "it is not known whether a mail of " + session + " was delivered: "
                    + failure.message());
        }
    }

    @Override
    public void onExhausted(SessionKey session, String story) {
        warn("MR0201", session, story);
    }

    @Override
    public void onLeak(SessionKey session, String holder) {
        warn("MR0202", session, "a connection is not given back: " + holder);
    }

    @Override
    public void onEffectiveLimit(SessionKey session, int effectiveLimit) {
        LOG.log(Level.INFO, () -> "MR0203 the server of " + session + " limits connections; at most "
                + effectiveLimit + " from now on");
    }

    private void warn(String id, SessionKey session, String text) {
        repeats.tell(id, session).ifPresent(withheld -> LOG.log(Level.WARNING, () -> id + " " + text
                + (withheld == 0 ? "" : " [" + withheld + " like it since the last such line]")));
    }
}
