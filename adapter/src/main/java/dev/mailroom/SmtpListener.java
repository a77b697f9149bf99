package dev.mailroom;

import java.time.Duration;

/**
 * Hears what happens to sessions, connections and mails: the one source of log lines, JMX, metrics and health, and open
 * to applications, which make it a CDI bean. It is told in the thread in which something happens, under no lock, so it
 * must be quick and must not block; what it throws is logged and otherwise ignored. Calls come from many threads at
 * once; those about different threads' doings may overtake each other.
 *
 * <p>Over the application server's pool only {@code onSessionOpened}, {@code onOpenFailed}, {@code onSent} and
 * {@code onFailed} are told: the rest happens in the server.
 */
public interface SmtpListener {
    /** A caller opened a session that it did not have open before. */
    default void onSessionOpened(SessionKey session, Caller caller) {
    }

    /** A session began to have a part of the pool. */
    default void onSessionKnown(SessionKey session) {
    }

    /** A session without connections was forgotten, with its numbers. */
    default void onSessionForgotten(SessionKey session) {
    }

    /** A connection is about to be opened. */
    default void beforeOpen(SessionKey session) {
    }

    /** A connection was opened: TLS and login included. */
    default void onOpened(SessionKey session, Duration took) {
    }

    /** A connection could not be opened. */
    default void onOpenFailed(SessionKey session, Failure failure, Duration took) {
    }

    /** A caller queues up for a connection. */
    default void beforeWait(SessionKey session) {
    }

    /** A connection was lent; {@code waited} includes opening. */
    default void onLeased(SessionKey session, Duration waited) {
    }

    /** A lease ended. */
    default void onReleased(SessionKey session, Duration used) {
    }

    /** A connection was closed. The reason is one of those in {@link PoolRow#discarded}. */
    default void onDiscarded(SessionKey session, String reason) {
    }

    /** A caller got no connection; {@code story} says who holds what. */
    default void onExhausted(SessionKey session, String story) {
    }

    /** A connection is lent for too long; {@code holder} says to whom, told once a lease. */
    default void onLeak(SessionKey session, String holder) {
    }

    /** The most connections that the server seems to want fell, or grew back. */
    default void onEffectiveLimit(SessionKey session, int effectiveLimit) {
    }

    /** The server accepted a mail. */
    default void onSent(SessionKey session, Receipt receipt, Duration took) {
    }

    /** A caller's request failed: no connection could be had, or a mail was not accepted. */
    default void onFailed(SessionKey session, Failure failure, Duration took) {
    }
}
