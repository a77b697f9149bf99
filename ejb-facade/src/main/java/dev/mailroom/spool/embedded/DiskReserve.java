package dev.mailroom.spool.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the disk has room for new mails. A database whose disk is full can write nothing at all, not even that mails
 * were sent: so new ones are refused while there still is some. Looks at the disk once a second at most. Thread-safe.
 */
public final class DiskReserve {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    /** Asks the disk. */
    public interface Disk {
        /** Octets that may still be written. */
        long usable() throws IOException;
    }

    private final long reserve;
    private final Disk disk;
    private final LongSupplier nanos;
    private boolean asked;
    private long askedAt;
    private long usable;

    /**
     * @param reserve octets, 0 = never refuse
     * @param nanos a monotonic clock, {@link System#nanoTime}
     */
    public DiskReserve(long reserve, Disk disk, LongSupplier nanos) {
        this.reserve = reserve;
        this.disk = disk;
        this.nanos = nanos;
    }

    /** Whether a mail of so many octets leaves the reserve untouched. A disk that does not tell has room. */
    public synchronized boolean hasRoomFor(long octets) {
        if (reserve == 0) {
            return true;
        }
        long now = nanos.getAsLong();
        if (!asked || now - askedAt >= FRESH) {
            asked = true;
            askedAt = now;
            try {
                usable = disk.usable();
            } catch (IOException e) {
                usable = Long.MAX_VALUE;
            }
        }
        return usable - octets >= reserve;
    }
}
