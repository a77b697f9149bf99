package dev.mailroom.spool;

/**
 * How much waits in the spool.
 *
 * @param messages mails that are PENDING or SENDING
 * @param bytes octets of their contents
 */
public record SpoolFill(long messages, long bytes) {
    public SpoolFill plus(long moreMessages, long moreBytes) {
        return new SpoolFill(Math.max(0, messages + moreMessages), Math.max(0, bytes + moreBytes));
    }
}
