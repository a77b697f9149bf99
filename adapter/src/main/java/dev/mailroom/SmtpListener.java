package dev.mailroom;

/**
 * Is told what happens to sessions, connections and mails: the one source of log lines, JMX, metrics and health, and
 * open to applications, which make it a CDI bean.
 */
@FunctionalInterface
public interface SmtpListener {
    /**
     * Something happened. Called in the thread in which it happens, under no lock, so it must be quick and must not
     * block; what it throws is logged and otherwise ignored. Calls come from many threads at once; events of different
     * threads may arrive in another order than they happened. Events of kinds that a listener does not know are to be
     * ignored: later versions may have more.
     */
    void on(SmtpEvent event);
}
