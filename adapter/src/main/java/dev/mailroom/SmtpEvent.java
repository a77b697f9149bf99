package dev.mailroom;

import java.time.Duration;

/**
 * Something that happened to a session, a connection or a mail. Over the application server's pool only
 * {@link SessionOpened}, {@link LoginOmitted}, {@link ConnectionOpenFailed}, {@link MailLimitLearned},
 * {@link MailSent} and {@link RequestFailed} occur: the rest happens in the server.
 */
public sealed interface SmtpEvent {
    /** The session that it happened to. */
    SessionKey session();

    /** A caller opened a session that it did not have open before. */
    record SessionOpened(SessionKey session, Caller caller) implements SmtpEvent {
    }

    /** A session began to have a part of the pool. */
    record SessionKnown(SessionKey session) implements SmtpEvent {
    }

    /** A session without connections was forgotten, with its numbers. */
    record SessionForgotten(SessionKey session) implements SmtpEvent {
    }

    /** A connection is about to be opened. */
    record ConnectionOpening(SessionKey session) implements SmtpEvent {
    }

    /** A connection was opened: TLS and login included. */
    record ConnectionOpened(SessionKey session, Duration took) implements SmtpEvent {
    }

    /** A connection could not be opened. */
    record ConnectionOpenFailed(SessionKey session, Failure failure, Duration took) implements SmtpEvent {
    }

    /** A connection is used without a login although the session has a secret: the server offers no way to use it. */
    record LoginOmitted(SessionKey session) implements SmtpEvent {
    }

    /** A caller begins to wait for a connection. */
    record ConnectionAwaited(SessionKey session) implements SmtpEvent {
    }

    /** A connection was lent; {@code waited} includes opening. */
    record ConnectionLeased(SessionKey session, Duration waited) implements SmtpEvent {
    }

    /** A lease ended. */
    record ConnectionReleased(SessionKey session, Duration used) implements SmtpEvent {
    }

    /** A connection was closed. The reason is one of those in {@link PoolRow.Counts#discarded}. */
    record ConnectionDiscarded(SessionKey session, String reason) implements SmtpEvent {
    }

    /** A connection is lent for too long; {@code holder} says to whom. Once a lease. */
    record ConnectionLeaked(SessionKey session, String holder) implements SmtpEvent {
    }

    /** A caller got no connection; {@code message} says who holds what. */
    record PoolExhausted(SessionKey session, String message) implements SmtpEvent {
    }

    /** The most connections that the server seems to want fell, or grew back. */
    record EffectiveLimitChanged(SessionKey session, int connections) implements SmtpEvent {
    }

    /** The server was found to take no more than that many mails on one connection; 1 or more. */
    record MailLimitLearned(SessionKey session, int mails) implements SmtpEvent {
    }

    /** The server accepted a mail. */
    record MailSent(SessionKey session, Receipt receipt, Duration took) implements SmtpEvent {
    }

    /** A caller's request failed: no connection could be had, or a mail was not accepted. */
    record RequestFailed(SessionKey session, Failure failure, Duration took) implements SmtpEvent {
    }
}
