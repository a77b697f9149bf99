package dev.mailroom.receiving;

import dev.mailroom.SmtpException;
import jakarta.resource.Referenceable;
import java.io.Serializable;

/** Opens mailboxes. Thread-safe. */
public interface ReceivingConnectionFactory extends Serializable, Referenceable {
    /**
     * Opens a mailbox: connects, does TLS, logs in, opens the folder. It counts as a connection of its identity in the
     * pool that it comes from until it is closed. A POP3 mailbox is exclusive (RFC 1939, section 4): while it is open
     * here, a second one is refused at once with the name of its holder.
     *
     * @throws SmtpException says in which phase it failed
     */
    ReceivingConnection getConnection(ReceivingSettings settings) throws SmtpException;
}
