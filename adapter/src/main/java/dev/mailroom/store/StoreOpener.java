package dev.mailroom.store;

import dev.mailroom.Deadline;
import dev.mailroom.Identity;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.transport.SocketTransportFactory;

/** Opens mailboxes. */
@FunctionalInterface
public interface StoreOpener {
    /** Opens one: connects, does TLS, logs in, opens the folder; the deadline bounds all of it. */
    MailStore open(ReceivingSettings settings, Deadline deadline) throws SmtpException;

    /** Opens them over connections of that factory. */
    static StoreOpener over(SocketTransportFactory connections) {
        return (settings, deadline) -> connections.openStore(settings.server(), deadline,
                (wire, server) -> settings.protocol() == Identity.MailProtocol.POP3
                        ? Pop3Store.open(wire, settings.withServer(server))
                        : ImapStore.open(wire, settings.withServer(server)));
    }
}
