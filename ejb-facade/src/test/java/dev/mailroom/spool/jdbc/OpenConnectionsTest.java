package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.Spooling;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A pool that does not validate what it lends, and a database that was restarted. */
class OpenConnectionsTest {
    private final Deque<Fake> pool = new ArrayDeque<>();
    private final List<Fake> aborted = new ArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final SpoolDatabase database = new SpoolDatabase(source(), Dialect.POSTGRESQL, () -> false);

    private DataSource source() {
        return Spooling.faked(DataSource.class,
                (proxy, method, arguments) -> pool.isEmpty() ? new Fake("").handle : pool.remove().handle);
    }

    /** A connection that fails in that method; closing gives it back to the pool. */
    private final class Fake {
        private final Connection handle;
        private boolean dead;

        Fake(String failing) {
            this.dead = failing.equals("dead");
            this.handle = Spooling.faked(Connection.class, (proxy, method, arguments) -> {
                String name = method.getName();
                if (name.equals("isValid")) {
                    return !dead;
                }
                if (name.equals("abort")) {
                    aborted.add(this);
                    return null;
                }
                if (name.equals("commit")) {
                    commits.incrementAndGet();
                }
                if (name.equals("close") && !aborted.contains(this)) {
                    pool.add(this);
                }
                boolean restores = name.equals("setAutoCommit") && (boolean) arguments[0];
                if (dead && !name.equals("close") || name.equals(failing) || restores && failing.equals("restore")) {
                    throw new SQLException("terminated by " + name, "08006");
                }
                return name.equals("getAutoCommit") ? (Object) true : null;
            });
        }
    }

    @Test
    void afterARestartOfTheDatabaseTheFirstWorkAlreadySucceedsAndTheDeadOnesAreGone() throws Exception {
        for (int dead = 0; dead < 30; dead++) {
            pool.add(new Fake("dead"));
        }
        assertEquals("done", database.run(connection -> "done"));
        assertEquals(30, aborted.size());
        assertEquals(1, commits.get());
    }

    @Test
    void whatFailsAfterTheCommitIsNotARefusal() throws Exception {
        for (String failing : List.of("restore", "close")) {
            commits.set(0);
            var after = new Fake(failing);
            pool.clear();
            pool.add(after);
            assertEquals("done", database.run(connection -> "done"));
            assertEquals(1, commits.get(), "not done twice");
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsInDoubtAndNotRepeated() {
        pool.add(new Fake("commit"));
        var doubt = assertThrows(SQLException.class, () -> database.run(connection -> "done"));
        assertEquals("08007", doubt.getSQLState());
        assertEquals(1, commits.get());
    }

    @Test
    void aStatementThatCommitsByItselfIsRepeatedOnlyWhereTheServerSaysThatItWasNotDone() throws Exception {
        var done = new AtomicInteger();
        assertEquals("done", database.runOne(connection -> {
            if (done.incrementAndGet() == 1) {
                throw new SQLException("terminating connection due to administrator command", "57P01");
            }
            return "done";
        }));
        assertEquals(2, done.get());
        var doubt = assertThrows(SQLException.class, () -> database.runOne(connection -> {
            done.incrementAndGet();
            throw new SQLException("an I/O error", "08006");
        }));
        assertEquals("08007", doubt.getSQLState());
        assertEquals(3, done.get());
    }

    @Test
    void inTheCallersTransactionADeadConnectionIsThrownAwayAndNothingRepeated() {
        pool.add(new Fake("dead"));
        var joining = new SpoolDatabase(source(), Dialect.POSTGRESQL, () -> true);
        assertThrows(SQLException.class, () -> joining.run(connection -> {
            connection.createStatement();
            return "done";
        }));
        assertEquals(1, aborted.size());
        assertTrue(pool.isEmpty(), "lent to nobody again");
        assertEquals(0, commits.get());
    }

    /** As a distributed database does, whose transactions are serializable. */
    @Test
    void whatADatabaseHasTakenBackBecauseOfOthersIsDoneAgainAFewTimes() throws Exception {
        for (String state : List.of("40001", "40P01")) {
            commits.set(0);
            var done = new AtomicInteger();
            assertEquals("done", database.run(connection -> {
                if (done.incrementAndGet() < 4) {
                    throw new SQLException("could not serialize access", state);
                }
                return "done";
            }));
            assertEquals(4, done.get());
            assertEquals(1, commits.get());
            assertEquals("done", database.runOne(connection -> {
                if (done.incrementAndGet() < 6) {
                    throw new SQLException("could not serialize access", state);
                }
                return "done";
            }));
            var always = new SQLException("could not serialize access", state);
            done.set(0);
            assertEquals(always, assertThrows(SQLException.class, () -> database.read(connection -> {
                done.incrementAndGet();
                throw always;
            })));
            assertTrue(done.get() > 3 && done.get() < 20, "were " + done.get());
        }
        assertTrue(aborted.isEmpty(), "the connections are alive");
    }

    @Test
    void inTheCallersTransactionWhatWasTakenBackIsTheCallersToDoAgain() {
        var done = new AtomicInteger();
        var joining = new SpoolDatabase(source(), Dialect.POSTGRESQL, () -> true);
        assertThrows(SQLException.class, () -> joining.run(connection -> {
            done.incrementAndGet();
            throw new SQLException("could not serialize access", "40001");
        }));
        assertEquals(1, done.get());
    }

    @Test
    void whatTheDatabaseItselfDoesNotKnowIsInDoubt() {
        var done = new AtomicInteger();
        var doubt = assertThrows(SQLException.class, () -> database.runOne(connection -> {
            done.incrementAndGet();
            throw new SQLException("result is ambiguous", "40003");
        }));
        assertEquals("08007", doubt.getSQLState());
        assertEquals(1, done.get());
    }

    @Test
    void whatWrapsAFailureOfTheDatabaseIsTakenOff() {
        var plain = new SQLException("a constraint", "23505");
        var told = assertThrows(SQLException.class, () -> database.run(connection -> {
            throw new UndeclaredThrowableException(new RuntimeException(plain));
        }));
        assertEquals(plain, told);
        assertTrue(aborted.isEmpty());
    }
}
