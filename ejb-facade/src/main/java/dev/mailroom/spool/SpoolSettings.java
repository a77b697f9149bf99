package dev.mailroom.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The administrator's choices for the spool, {@code mailroom.spool.*}.
 *
 * @param dataSource JNDI name of the DataSource; empty = the embedded database
 * @param directory where the embedded database lives
 * @param accepting false: queued mail is still sent, new mail is refused
 * @param maxMessages most mails that may wait at once; 0 = no limit
 * @param maxBytes most octets of content that may wait at once; 0 = no limit
 * @param maxShare most of what may wait that one session may take, in percent, 1 to 100; as others fill the spool each
 *        gets less, so that some is always free; 100 = no share
 * @param diskReserve octets of the disk that the embedded database leaves free; 0 = none
 * @param inDoubt what becomes of a mail when nobody knows whether the server took it
 * @param retry when a failed attempt is repeated
 * @param retention how long finished mails are remembered
 * @param drain how mails are taken out of the spool
 * @param encryptContents whether contents are stored encrypted, too; there must be a key then
 * @param cipher encrypts credentials at rest; {@link SpoolCipher#none()} = credentials are not stored
 */
public record SpoolSettings(
        String dataSource,
        Path directory,
        boolean accepting,
        long maxMessages,
        long maxBytes,
        int maxShare,
        long diskReserve,
        InDoubt inDoubt,
        RetrySettings retry,
        RetentionSettings retention,
        DrainSettings drain,
        boolean encryptContents,
        SpoolCipher cipher) {

    /** What becomes of a mail in doubt: cut off after the final dot (RFC 1047), or in flight at a crash. */
    public enum InDoubt {
        /** Sent again with the same Message-ID, as mail servers do: never lost, perhaps doubled. */
        RESEND,
        /** Held as IN_DOUBT until a person decides: never doubled. */
        HOLD
    }

    /** The embedded database below the working directory; 100,000 mails or 10 GiB may wait. */
    public static final SpoolSettings DEFAULTS = new SpoolSettings(
            "", Path.of("mailroom-data", "spool"), true, 100_000, 10L << 30, 80, 64L << 20, InDoubt.RESEND,
            RetrySettings.DEFAULTS, RetentionSettings.DEFAULTS, DrainSettings.DEFAULTS, false,
            SpoolCipher.none());

    /** Checks every value. */
    public SpoolSettings {
        notNegative("mailroom.spool.max-messages", maxMessages);
        notNegative("mailroom.spool.max-bytes", maxBytes);
        if (diskReserve < 0) {
            throw new IllegalArgumentException("mailroom.spool.disk-reserve must be 0 (none) or more, was "
                    + diskReserve);
        }
        if (maxShare < 1 || maxShare > 100) {
            throw new IllegalArgumentException("mailroom.spool.max-share must be 1 to 100, was " + maxShare);
        }
    }

    private static void notNegative(String key, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(key + " must be 0 (no limit) or more, was " + value);
        }
    }

    /** How long a mail may wait for its delivery, counted from its acceptance; a very long time if switched off. */
    public Duration longestWait() {
        return retry.maxAge().isZero() ? Duration.ofDays(36_500) : retry.maxAge();
    }
}
