package dev.mailroom;

/**
 * One mail ready for the wire.
 *
 * @param envelope who gets it
 * @param data what they get
 */
public record Mail(Envelope envelope, MailData data) {
}
