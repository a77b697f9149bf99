package dev.mailroom.connector;

import dev.mailroom.Failure;
import dev.mailroom.Identity;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has which POP3 mailbox open: servers lock it (RFC 1939, section 4), and many answer the second login as if the
 * password were wrong. Thread-safe.
 */
final class Maildrops {
    private final Map<Maildrop, Hold> open = new ConcurrentHashMap<>();

    private record Maildrop(String host, int port, String user) {
        static Maildrop of(SmtpSettings settings) {
            return new Maildrop(settings.host(), settings.port(), settings.user());
        }
    }

    private record Hold(String thread, long since) {
        @Override
        public String toString() {
            Duration held = Duration.ofNanos(System.nanoTime() - since);
            return "by thread '" + thread + "' for "
                    + (held.toSeconds() < 10 ? held.toMillis() + " ms" : held.toSeconds() + " s");
        }
    }

    /**
     * Takes a mailbox; IMAP shares its own.
     *
     * @return gives it back; only the first call counts
     */
    Runnable take(SmtpSettings settings) throws SmtpException {
        if (settings.identity().protocol() != Identity.MailProtocol.POP3) {
            return () -> { };
        }
        Maildrop maildrop = Maildrop.of(settings);
        Hold mine = new Hold(Thread.currentThread().getName(), System.nanoTime());
        Hold other = open.putIfAbsent(maildrop, mine);
        if (other != null) {
            throw new SmtpException(Failure.before(Phase.LEASE, "the POP3 mailbox of " + settings.identity()
                    + " is open already, " + other + "; POP3 lets one at a time in: close that session", settings));
        }
        return () -> open.remove(maildrop, mine);
    }
}
