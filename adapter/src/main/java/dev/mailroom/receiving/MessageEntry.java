package dev.mailroom.receiving;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the server says of a mail that was not read yet.
 *
 * @param number its number in the open mailbox, from 1
 * @param identifier what the server calls it as long as it exists: the UIDL of POP3 (RFC 1939, section 7), or
 *     {@code UIDVALIDITY:UID} of IMAP (RFC 3501, section 2.3.1.1); empty where a POP3 server has none
 * @param size octets as the server counts them; 0 where a POP3 server says a size that cannot be
 * @param seen whether it was read before; POP3 does not know
 * @param received when it arrived; POP3 does not know
 */
public record MessageEntry(int number, String identifier, long size, boolean seen, Optional<Instant> received) {
    /** Checks that nothing is missing. */
    public MessageEntry {
        Objects.requireNonNull(identifier, "identifier");
        Objects.requireNonNull(received, "received");
    }
}
