package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpSettings;
import jakarta.resource.spi.ConnectionRequestInfo;

/** What our pool must know of a request for a connection, whatever is spoken on it. */
interface PoolRequest extends ConnectionRequestInfo {
    /** Everything needed to open the connection. */
    SmtpSettings settings();

    /** What decides whether a connection matches, and what listeners are told. */
    SessionKey session();

    /** Bounds the wait and the opening together. */
    Deadline deadline();
}
