package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mailroom.spool.Spooling;
import java.lang.reflect.InvocationHandler;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/** A disk that fails just when what was committed is flushed. */
class DurableCommitsTest {
    private final List<String> calls = new ArrayList<>();
    private final InvocationHandler works = (proxy, method, arguments) -> {
        calls.add(method.getName());
        return method.getReturnType() == int.class ? (Object) XAResource.XA_OK : null;
    };
    private final GroupSync failing = new GroupSync(() -> {
        throw new SQLException("no space left on device");
    });
    private final GroupSync breaking = new GroupSync(() -> {
        throw new IllegalStateException("the file is closed");
    });

    @Test
    void theTransactionManagerIsToldThatTheDatabaseIsUnavailableAndNotThatItRolledBack() {
        for (GroupSync flush : List.of(failing, breaking)) {
            XAResource resource = new DurableResource(Spooling.faked(XAResource.class, works), flush);
            for (boolean onePhase : List.of(true, false)) {
                var told = assertThrows(XAException.class, () -> resource.commit(null, onePhase));
                assertEquals(XAException.XAER_RMFAIL, told.errorCode);
            }
            var told = assertThrows(XAException.class, () -> resource.prepare(null));
            assertEquals(XAException.XAER_RMFAIL, told.errorCode);
        }
        assertEquals(List.of("commit", "commit", "prepare", "commit", "commit", "prepare"), calls);
    }

    @Test
    void aLocalCommitIsInDoubt() {
        for (GroupSync flush : List.of(failing, breaking)) {
            Connection connection = DurableCommits.of(
                    Connection.class, Spooling.faked(Connection.class, works), flush);
            assertEquals("08007", assertThrows(SQLException.class, connection::commit).getSQLState());
        }
        assertEquals(List.of("commit", "commit"), calls);
    }
}
