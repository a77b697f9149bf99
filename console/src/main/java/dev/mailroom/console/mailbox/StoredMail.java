package dev.mailroom.console.mailbox;

import java.time.Instant;
import java.util.List;

/**
 * A mail in the development mailbox.
 *
 * @param id counts from 1 since the start
 * @param received when the final dot came
 * @param reversePath the envelope's MAIL FROM, empty for the null reverse-path
 * @param forwardPaths the envelope's RCPT TO, Bcc among them
 * @param source the mail data as received
 */
public record StoredMail(
        long id, Instant received, String reversePath, List<String> forwardPaths, byte[] source) {
}
