package dev.mailroom.pool;

/** What is lent, and what has happened: for each key and for all. Guarded by the pool's lock. */
final class Ledger<K, R> {
    /** The longest held first. */
    final Chain<EntryLease<K, R>> leased = new Chain<>();
    final Tally tally = new Tally();

    void opened(Partition<K, R> partition) {
        tally.opened();
        partition.tally.opened();
    }

    void openFailed(Partition<K, R> partition) {
        tally.openFailed();
        partition.tally.openFailed();
    }

    void exhausted(Partition<K, R> partition) {
        tally.exhausted();
        partition.tally.exhausted();
    }

    void discarded(Entry<K, R> entry) {
        tally.discarded(entry.discardReason);
        entry.partition.tally.discarded(entry.discardReason);
    }

    void lent(EntryLease<K, R> lease, long waited) {
        Entry<K, R> entry = lease.entry;
        entry.lent = true;
        entry.partition.inUse++;
        leased.addLast(lease);
        tally.leased(waited);
        entry.partition.tally.leased(waited);
    }

    void ended(EntryLease<K, R> lease, long now) {
        Entry<K, R> entry = lease.entry;
        lease.ended = true;
        entry.partition.inUse--;
        leased.remove(lease);
        tally.ended(now - lease.since);
        entry.partition.tally.ended(now - lease.since);
    }
}
