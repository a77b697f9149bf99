package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;

/** Opens connections. Thread-safe. */
public interface TransportFactory {
    /**
     * Resolves, connects, does TLS as the settings say, and authenticates with one attempt of one mechanism.
     *
     * @param deadline bounds the whole call but for name resolution
     * @throws SmtpException with the phase that failed; nothing stays open then
     */
    SmtpTransport open(SmtpSettings settings, Deadline deadline) throws SmtpException;
}
