package dev.mailroom;

import jakarta.resource.Referenceable;
import java.io.Serializable;

/**
 * The connection factory (Jakarta Connectors): lends connections from Mailroom's own pool, or from the application
 * server's when the resource adapter is deployed as a RAR. Thread-safe.
 */
public interface SmtpConnectionFactory extends Serializable, Referenceable {
    /**
     * Lends a connection of exactly this identity: connected, TLS done, authenticated. Blocks for a free place and
     * for the handshake, at most for the pool's maximum wait and the settings' timeouts.
     *
     * @throws SmtpException carrying phase and reply; {@link Phase#LEASE} when the pool had no connection to give
     */
    SmtpConnection getConnection(SmtpSettings settings) throws SmtpException;
}
