package dev.mailroom.transport;

import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;

/** Does what comes between a fresh TCP connection and an open mailbox: greeting, TLS, login. */
@FunctionalInterface
public interface StoreOpening<T> {
    /**
     * Owns the wire if it returns; if it throws, the wire is closed.
     *
     * @param server the settings that were asked for, with the secret as it is now
     */
    T open(StoreWire wire, SmtpSettings server) throws SmtpException;
}
