package dev.mailroom.transport;

import dev.mailroom.SmtpException;

/** Does what comes between a fresh TCP connection and an open mailbox: greeting, TLS, login. */
@FunctionalInterface
public interface StoreOpening<T> {
    /** Owns the wire if it returns; if it throws, the wire is closed. */
    T open(StoreWire wire) throws SmtpException;
}
