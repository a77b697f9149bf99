package dev.mailroom.spool.embedded;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Stands before H2's XA resource: what is prepared or committed is on the disk when the call returns. A class, and no
 * proxy: those of the JDK are {@link java.io.Serializable}, so that transaction managers which write resources that are
 * so into their logs (Narayana, Open Liberty's) would try it, fail, and give the transaction up.
 */
final class DurableResource implements XAResource {
    private final XAResource h2;
    private final GroupSync group;

    DurableResource(XAResource h2, GroupSync group) {
        this.h2 = h2;
        this.group = group;
    }

    @Override
    public int prepare(Xid branch) throws XAException {
        int vote = h2.prepare(branch);
        flush();
        return vote;
    }

    @Override
    public void commit(Xid branch, boolean onePhase) throws XAException {
        h2.commit(branch, onePhase);
        flush();
    }

    /**
     * A prepare that is told of a failure so is rolled back, a commit is asked for again by recovery (XA specification,
     * xa_commit and xa_prepare); XAER_RMERR would say of a commit in one phase that it was rolled back.
     */
    private void flush() throws XAException {
        try {
            group.await();
        } catch (SQLException | RuntimeException e) {
            var failed = new XAException("the embedded database could not be flushed to the disk: " + e.getMessage());
            failed.errorCode = XAException.XAER_RMFAIL;
            failed.initCause(e);
            throw failed;
        }
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return h2.isSameRM(other instanceof DurableResource durable ? durable.h2 : other);
    }

    @Override
    public void start(Xid branch, int flags) throws XAException {
        h2.start(branch, flags);
    }

    @Override
    public void end(Xid branch, int flags) throws XAException {
        h2.end(branch, flags);
    }

    @Override
    public void rollback(Xid branch) throws XAException {
        h2.rollback(branch);
    }

    @Override
    public void forget(Xid branch) throws XAException {
        h2.forget(branch);
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
        return h2.recover(flags);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return h2.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return h2.setTransactionTimeout(seconds);
    }
}
