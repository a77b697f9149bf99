package dev.mailroom.watch;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpEvent.ConnectionDiscarded;
import dev.mailroom.SmtpEvent.ConnectionLeaked;
import dev.mailroom.SmtpEvent.ConnectionOpenFailed;
import dev.mailroom.SmtpEvent.ConnectionOpened;
import dev.mailroom.SmtpEvent.EffectiveLimitChanged;
import dev.mailroom.SmtpEvent.LoginOmitted;
import dev.mailroom.SmtpEvent.MailLimitLearned;
import dev.mailroom.SmtpEvent.PoolExhausted;
import dev.mailroom.SmtpEvent.RequestFailed;
import dev.mailroom.SmtpEvent.SessionOpened;
import dev.mailroom.SmtpListener;
import dev.mailroom.TlsMode;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/**
 * What an administrator must hear of, one line each, with an id to search for; the manual's table explains them. The
 * same warning about the same session comes at most once a minute and then says how many were left out.
 */
public final class MailroomLog implements SmtpListener {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.pool");

    private final RepeatedWarnings repeats;

    /** Warnings are counted by this monotonic clock. */
    public MailroomLog(LongSupplier nanoTime) {
        repeats = new RepeatedWarnings(nanoTime);
    }

    @Override
    public void on(SmtpEvent event) {
        SessionKey session = event.session();
        if (event instanceof SessionOpened opened) {
            LOG.log(Level.INFO, () -> "MR0101 session " + session + " (" + session.tls() + ") opened by "
                    + opened.caller());
        } else if (event instanceof ConnectionOpened opened) {
            LOG.log(Level.DEBUG, () -> "connection for " + session + " opened in " + opened.took().toMillis() + " ms");
        } else if (event instanceof ConnectionDiscarded discarded) {
            LOG.log(Level.DEBUG, () -> "connection for " + session + " closed: " + discarded.reason());
        } else if (event instanceof ConnectionOpenFailed failed) {
            notOpened(session, failed.failure());
        } else if (event instanceof LoginOmitted) {
            loginOmitted(session);
        } else if (event instanceof RequestFailed failed) {
            failed(session, failed.failure());
        } else if (event instanceof PoolExhausted exhausted) {
            warn("MR0201", session, exhausted.message());
        } else if (event instanceof ConnectionLeaked leaked) {
            warn("MR0202", session, "a connection is not given back: " + leaked.holder());
        } else if (event instanceof EffectiveLimitChanged changed) {
            LOG.log(Level.INFO, () -> "MR0203 the server of " + session + " limits connections; at most "
                    + changed.connections() + " from now on");
        } else if (event instanceof MailLimitLearned learned) {
            LOG.log(Level.INFO, () -> "MR0204 the server of " + session + " takes " + learned.mails()
                    + " mails on one connection; the next ones end before it refuses another");
        }
    }

    private void notOpened(SessionKey session, Failure failure) {
        String id = failure.phase() == Phase.TLS ? "MR0303"
                : failure.phase() == Phase.AUTH ? "MR0304" : failure.phase() == Phase.TOKEN ? "MR0307"
                : failure.reply().isPresent() ? "MR0302" : "MR0301";
        warn(id, session, session.names().isEmpty() ? failure.message()
                : "session " + String.join(", ", session.names()) + ": " + failure.message());
    }

    private void loginOmitted(SessionKey session) {
        warn("MR0306", session, "session " + session + " sends without a login: its server offers no way to use the "
                + "password" + (session.tls() == TlsMode.NONE ? ", perhaps because there is no TLS" : "")
                + "; mailroom.security.unauthenticated-fallback=refuse makes that a failure");
    }

    private void failed(SessionKey session, Failure failure) {
        if (failure.delivery() == Delivery.IN_DOUBT) {
            warn("MR0305", session, "it is not known whether a mail of " + session + " was delivered: "
                    + failure.message());
        }
    }

    private void warn(String id, SessionKey session, String text) {
        repeats.tell(id, session).ifPresent(withheld -> LOG.log(Level.WARNING, () -> id + " " + text
                + (withheld == 0 ? "" : " [" + withheld + " like it since the last such line]")));
    }
}
