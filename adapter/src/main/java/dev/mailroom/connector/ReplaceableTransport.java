package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.transport.SmtpTransport;
import dev.mailroom.transport.TransportFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The transport under one managed connection, replaced once by a fresh one where it turns out that the other side has
 * merely hung up between two mails: that is what spares a validation round trip before each mail. Used by one thread at
 * a time, but closed by any, also while it is being replaced.
 */
final class ReplaceableTransport {
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

    private final TransportFactory transports;
    private SmtpSettings settings;
    private boolean reused;
    private volatile SmtpTransport current;
    /** Set under the lock under which a fresh one is taken over: whoever comes second closes that. */
    private volatile boolean closed;

    ReplaceableTransport(SmtpSettings settings, Deadline deadline, TransportFactory transports) throws SmtpException {
        this.settings = settings;
        this.transports = transports;
        this.current = transports.open(settings, deadline);
    }

    SmtpSettings settings() {
        return settings;
    }

    /** Serves a request with these settings from now on; their identity is that of the first. */
    void use(SmtpSettings other) {
        settings = other;
        current.use(other.timeouts());
    }

    /** Waits for its next user from now on; it may have waited for its first mail too. */
    void rest() {
        reused = true;
    }

    /**
     * Sends one mail. If the connection served before and is lost before any content was written, nobody can have
     * received anything: one fresh connection is tried.
     */
    Outcome send(Mail mail, Deadline deadline) {
        Outcome outcome = current.send(mail, deadline);
        if (reused && current.lostBeforeContent()) {
            outcome = sendAfresh(mail, deadline);
        }
        reused = true;
        return outcome;
    }

    private Outcome sendAfresh(Mail mail, Deadline deadline) {
        try {
            reopen(deadline);
            return current.send(mail, deadline);
        } catch (SmtpException e) {
            return e.failure();
        }
    }

    /**
     * Sends a stream. A reused connection is asked first: one round trip for many mails. The failure if no mail was
     * taken because the connection was gone and another could not be opened.
     */
    Optional<SmtpException> sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        if (reused && !current.probe(PROBE_PATIENCE)) {
            try {
                reopen(Deadline.after(settings.timeouts().send()));
            } catch (SmtpException e) {
                return Optional.of(e);
            }
        }
        reused = true;
        current.sendAll(mails, outcomes);
        return Optional.empty();
    }

    private void reopen(Deadline deadline) throws SmtpException {
        current.close();
        if (!closed) {
            SmtpTransport fresh = transports.open(settings, deadline);
            if (replacedBy(fresh)) {
                reused = false;
                return;
            }
            fresh.close();
        }
        throw new SmtpException(Failure.before(Phase.LEASE, "the pool closed the connection of " + settings.user()
                + " while it was used; nothing was sent", settings));
    }

    private synchronized boolean replacedBy(SmtpTransport fresh) {
        if (!closed) {
            current = fresh;
        }
        return !closed;
    }

    boolean reusable() {
        return current.reusable();
    }

    /** Whether nothing was heard from the server since the last mail; no round trip. */
    boolean quiet() {
        return current.reusable() && current.quiet();
    }

    /** Whether the server answers NOOP within a few seconds. */
    boolean probe() {
        return current.reusable() && current.probe(PROBE_PATIENCE);
    }

    String serverName() {
        return current.serverName();
    }

    /** For good. Never throws, never blocks. */
    void close() {
        SmtpTransport last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        last.close();
    }
}
