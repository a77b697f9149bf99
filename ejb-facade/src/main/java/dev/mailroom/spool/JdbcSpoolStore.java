package dev.mailroom.spool;

import dev.mailroom.MailData;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The store in a JDBC database: puts the parts together that each know one table or one concern. */
final class JdbcSpoolStore implements SpoolStore {
    private final SpoolSchema schema;
    private final QueueTable queues;
    private final ContentTable contents;
    private final MailIntake intake;
    private final MailClaims claims;
    private final MailSettling settling;
    private final MailArchive archive;
    private final MailUpkeep upkeep;
    private final AgedMails aged;
    private final SpoolGauge gauge;

    /** @param owner names this server and this run of it in leases; at most 40 characters */
    JdbcSpoolStore(SpoolDatabase database, SpoolSettings settings, String owner) {
        this.schema = new SpoolSchema(database);
        this.queues = new QueueTable(database);
        this.contents = new ContentTable(database);
        this.claims = new MailClaims(database, settings, owner);
        this.settling = new MailSettling(database, settings);
        this.archive = new MailArchive(database);
        this.upkeep = new MailUpkeep(database, settings);
        this.aged = new AgedMails(database, settings);
        this.gauge = new SpoolGauge(settings, archive::fill, System::nanoTime);
        this.intake = new MailIntake(database, gauge, contents, settings);
    }

    @Override
    public void createSchema() throws SQLException {
        schema.bringUpToDate();
    }

    @Override
    public void openQueue(SpoolQueue queue, byte[] sealed) throws SQLException {
        queues.open(queue, sealed);
    }

    @Override
    public void openNamedQueues() throws SQLException {
        queues.openNamed();
    }

    @Override
    public Optional<QueueStatus> queue(String key) throws SQLException {
        return queues.find(key);
    }

    @Override
    public List<QueueStatus> dueQueues() throws SQLException {
        return queues.due();
    }

    @Override
    public boolean waiting(String queue) throws SQLException {
        return queues.waiting(queue);
    }

    @Override
    public void delayQueue(String key, Duration wait, String error) throws SQLException {
        queues.delay(key, wait, error);
    }

    @Override
    public void parkQueue(String key, String error) throws SQLException {
        queues.park(key, error);
    }

    @Override
    public void queueWorks(String key) throws SQLException {
        queues.works(key);
    }

    @Override
    public Accepted insert(NewMail mail) throws SQLException, SpoolFullException {
        return intake.insert(mail);
    }

    @Override
    public List<SpooledMail> claim(String queue, int most) throws SQLException {
        return claims.claim(queue, most);
    }

    @Override
    public MailData content(SpooledMail mail) throws SQLException {
        return contents.read(mail);
    }

    @Override
    public List<Settlement> settle(List<Settlement> settlements) throws SQLException {
        return left(settling.settle(settlements));
    }

    private List<Settlement> left(List<Settlement> written) {
        written.stream().filter(one -> !one.state().open()).forEach(one -> gauge.left(one.mail().size()));
        return written;
    }

    @Override
    public List<SpooledMail> extendLeases(List<SpooledMail> mails) throws SQLException {
        return claims.extendLeases(mails);
    }

    @Override
    public int takeOver(InDoubt policy, boolean all) throws SQLException {
        return claims.takeOver(policy, all);
    }

    @Override
    public Optional<MailStatus> status(long id) throws SQLException {
        return archive.status(id);
    }

    @Override
    public List<MailStatus> list(SpoolState state, long after, int most) throws SQLException {
        return archive.list(state, after, most);
    }

    @Override
    public boolean resend(long id) throws SQLException {
        return upkeep.resend(id);
    }

    @Override
    public boolean delete(long id) throws SQLException {
        return upkeep.delete(id);
    }

    @Override
    public List<Settlement> giveUpOld() throws SQLException {
        return left(aged.giveUp());
    }

    @Override
    public boolean deleteOld() throws SQLException {
        return upkeep.deleteOld();
    }

    @Override
    public SpoolFill fill() throws SQLException {
        return archive.fill();
    }
}
