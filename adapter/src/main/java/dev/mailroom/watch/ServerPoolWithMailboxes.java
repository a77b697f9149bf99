package dev.mailroom.watch;

import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Counts;
import dev.mailroom.PoolRow.Places;
import dev.mailroom.SmtpPool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to see when the application server pools the connections that send, and Mailroom those of mailboxes:
 * both, and what can be done to the latter.
 */
public final class ServerPoolWithMailboxes implements SmtpPool {
    private final SmtpPool sending;
    private final SmtpPool mailboxes;

    /** The view of the server's pool, and Mailroom's own beside it. */
    public ServerPoolWithMailboxes(SmtpPool sending, SmtpPool mailboxes) {
        this.sending = sending;
        this.mailboxes = mailboxes;
    }

    @Override
    public List<PoolRow> sessions() {
        List<PoolRow> rows = new ArrayList<>(mailboxes.sessions());
        Set<String> own = new HashSet<>(rows.stream().map(PoolRow::id).toList());
        // The counts of failures know mailboxes too.
        sending.sessions().stream().filter(row -> !own.contains(row.id())).forEach(rows::add);
        rows.sort(Comparator.comparing(row -> row.session().orElseThrow(), PoolView.BY_NAME));
        return rows;
    }

    @Override
    public Optional<PoolRow> session(String id) {
        Optional<PoolRow> own = mailboxes.session(id);
        return own.isPresent() ? own : sending.session(id);
    }

    /** The mails and failures of both are in the first already. */
    @Override
    public PoolRow total() {
        PoolRow all = sending.total();
        PoolRow own = mailboxes.total();
        Places places = new Places(all.places().open() + own.places().open(), all.places().idle() + own.places().idle(),
                all.places().inUse() + own.places().inUse(), own.places().waiting(), own.places().suspended());
        Map<String, Long> discarded = new HashMap<>(all.counts().discarded());
        own.counts().discarded().forEach((reason, count) -> discarded.merge(reason, count, Long::sum));
        Counts counts = new Counts(all.counts().opened() + own.counts().opened(),
                all.counts().openFailures() + own.counts().openFailures(),
                all.counts().leases() + own.counts().leases(), own.counts().exhausted(), discarded,
                all.counts().messages(), all.counts().failures());
        return new PoolRow(all.id(), all.session(), all.authenticated(), all.limits(), places, counts, own.waits(),
                own.uses());
    }

    @Override
    public boolean resize(String id, int limit) {
        return mailboxes.resize(id, limit);
    }

    @Override
    public boolean flushIdle(String id) {
        return mailboxes.flushIdle(id);
    }

    @Override
    public boolean flush(String id) {
        return mailboxes.flush(id);
    }

    @Override
    public boolean suspend(String id) {
        return mailboxes.suspend(id);
    }

    @Override
    public boolean resume(String id) {
        return mailboxes.resume(id);
    }

    @Override
    public boolean drop(String id) {
        return mailboxes.drop(id);
    }

    @Override
    public void beginClosing() {
        mailboxes.beginClosing();
    }
}
