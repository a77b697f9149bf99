package dev.mailroom.spool.jta;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A server's transaction manager, one transaction after the other, step by step. */
final class FakeTransactions {
    /** Which transaction, of this test. */
    private record Branch(int number) implements Xid {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ("transaction " + number).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] getBranchQualifier() {
            return "spool".getBytes(StandardCharsets.US_ASCII);
        }
    }

    final List<XAResource> enlisted = new ArrayList<>();
    private final Map<Object, Object> resources = new HashMap<>();
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private int status = Status.STATUS_NO_TRANSACTION;
    private int number;

    void begin() {
        number++;
        status = Status.STATUS_ACTIVE;
    }

    void prepare() throws XAException {
        for (XAResource resource : enlisted) {
            resource.end(xid(), XAResource.TMSUCCESS);
            if (resource.prepare(xid()) != XAResource.XA_OK) {
                throw new AssertionError("not prepared");
            }
        }
    }

    Xid xid() {
        return new Branch(number);
    }

    /** After {@link #prepare}. */
    void commit() throws XAException {
        for (XAResource resource : enlisted) {
            resource.commit(xid(), false);
        }
        ended(Status.STATUS_COMMITTED);
    }

    void commitInOnePhase() throws XAException {
        for (XAResource resource : enlisted) {
            resource.end(xid(), XAResource.TMSUCCESS);
            resource.commit(xid(), true);
        }
        ended(Status.STATUS_COMMITTED);
    }

    void rollback() throws XAException {
        for (XAResource resource : enlisted) {
            resource.end(xid(), XAResource.TMSUCCESS);
            resource.rollback(xid());
        }
        ended(Status.STATUS_ROLLEDBACK);
    }

    /** As when nobody knows how it ends. */
    void ended(int how) {
        status = Status.STATUS_NO_TRANSACTION;
        synchronizations.forEach(synchronization -> synchronization.afterCompletion(how));
        synchronizations.clear();
        resources.clear();
        enlisted.clear();
    }

    TransactionSynchronizationRegistry registry() {
        return of(TransactionSynchronizationRegistry.class, (name, arguments) -> switch (name) {
            case "getTransactionStatus" -> status;
            case "getResource" -> resources.get(arguments[0]);
            case "putResource" -> resources.put(arguments[0], arguments[1]);
            case "registerInterposedSynchronization" -> synchronizations.add((Synchronization) arguments[0]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    Enlistment enlistment() {
        return resource -> {
            try {
                resource.start(xid(), XAResource.TMNOFLAGS);
            } catch (XAException e) {
                throw new IllegalStateException(e);
            }
            return enlisted.add(resource);
        };
    }

    private interface Answers {
        Object to(String name, Object[] arguments) throws Exception;
    }

    private static <T> T of(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> {
                    Object answer = answers.to(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }
}
