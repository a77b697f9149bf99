/**
 * The embedded database is H2, which Payara and GlassFish bundle, with a flush of our own, because H2 by itself never
 * flushes a commit. Measured with {@code EngineMeasurement} (2 cores, 93 µs per fsync, 1 KiB rows):
 *
 * <pre>
 * engine and settings              fsyncs for 400 commits   acknowledged commits      commits/s with    jar
 *                                  1 thread   8 threads     lost in 6 kill -9         1 / 8 / 32        kB
 * H2 2.2.224, default URL               1           1       17,496 of 172,277 (1st)   not durable       bundled
 * H2, WRITE_DELAY=0                    12          12       0 of 144,841           7,069/12,126/12,828  bundled
 * H2, CHECKPOINT SYNC each            412         412       -                      3,429/ 1,633/ 4,664  bundled
 * H2, shared CHECKPOINT SYNC          400          95       0 of  74,387           3,261/10,443/24,087  bundled
 * HSQLDB 2.7.4, write_delay=false     404         411       0 of  39,792           5,505/ 5,538/ 5,148    1,662
 * Derby 10.16.1.1                   0 (O_DSYNC)  0          0 of  69,918           8,290/14,462/14,844    3,538
 * SQLite 3.49.1, WAL, FULL            407         415       0 of  68,668           8,459/ 8,643/ 8,538   14,318
 * </pre>
 *
 * <p>"Shared" means that commits of the same moment wait for one flush, so that more callers cost no more flushes.
 * It was chosen for that, for needing no jar, for XA, and because an open transaction makes nobody wait (it does with
 * Derby's locks and SQLite's single writer).
 *
 * <pre>
 * java -cp … dev.mailroom.spool.embedded.EngineMeasurement speed h2_sync_group_delayed DIR 8 3 1
 * strace -f -o trace -e trace=fsync,fdatasync,msync,write,openat \
 *     java -cp … dev.mailroom.spool.embedded.EngineMeasurement count h2_sync_group_delayed DIR 8 400 1
 *     (then count the flushes between the two MARK lines)
 * java -cp … dev.mailroom.spool.embedded.EngineMeasurement ack ENGINE DIR 8 >> acks
 *     (kill -9; then check ENGINE DIR acks)
 * </pre>
 */
package dev.mailroom.spool.embedded;
