package dev.mailroom.spool;

import dev.mailroom.Envelope;
import java.time.Duration;

/**
 * A mail that this server has claimed and must settle.
 *
 * @param owner who may ask what became of it
 * @param messageId its Message-ID without angle brackets
 * @param envelope the recipients that are still to be served
 * @param size octets of its content
 * @param eightBit whether an octet above 127 occurs in it
 * @param attempts the number of this attempt, 1 for the first
 * @param age how long ago it was accepted, by the database's clock
 * @param lease names this claim of it; another claim, by this server too, has another name
 */
record SpooledMail(
        long id,
        String owner,
        String messageId,
        Envelope envelope,
        long size,
        boolean eightBit,
        int attempts,
        Duration age,
        String lease) {
}
