package dev.mailroom.reading;

import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.receiving.MessageEntry;

/**
 * A mail, or its header, as it was read.
 *
 * @param entry what the server says of it
 * @param source its octets as they came; not to be changed
 * @param content the same, taken apart; of a header alone the fields
 */
public record FetchedMail(MessageEntry entry, byte[] source, ParsedMail content) {
}
