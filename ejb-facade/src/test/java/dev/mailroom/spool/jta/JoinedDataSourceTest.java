package dev.mailroom.spool.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import jakarta.transaction.Status;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database in a server's transactions. */
class JoinedDataSourceTest {
    @TempDir
    private Path directory;
    private final FakeTransactions transactions = new FakeTransactions();
    private EmbeddedDataSource database;
    private JoinedDataSource source;

    @BeforeEach
    void open() throws SQLException {
        database = EmbeddedDatabase.open(directory.resolve("spool"));
        source = new JoinedDataSource(
                database, transactions.registry(), Optional.of(transactions.enlistment()), () -> { });
        execute("create table mail (id int)");
    }

    @AfterEach
    void shutDown() throws SQLException {
        execute("shutdown immediately");
        source.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int mails() throws SQLException {
        try (Connection connection = database.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from mail")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void everythingOfATransactionIsOneBranchAndSeenWhenItHasCommitted() throws Exception {
        transactions.begin();
        execute("insert into mail values (1)");
        execute("insert into mail values (2)");
        assertEquals(1, transactions.enlisted.size());
        assertEquals(0, mails());
        transactions.prepare();
        assertEquals(0, mails());
        transactions.commit();
        assertEquals(2, mails());
    }

    /** Narayana and Open Liberty write resources that are serializable into their logs, or fail. */
    @Test
    void noTransactionLogTriesToSerializeTheResource() throws Exception {
        transactions.begin();
        execute("insert into mail values (1)");
        assertFalse(transactions.enlisted.get(0) instanceof Serializable);
        transactions.rollback();
    }

    @Test
    void whereItIsAloneOnePhaseIsEnough() throws Exception {
        transactions.begin();
        execute("insert into mail values (1)");
        transactions.commitInOnePhase();
        assertEquals(1, mails());
    }

    @Test
    void whatIsRolledBackNeverWas() throws Exception {
        transactions.begin();
        execute("insert into mail values (1)");
        transactions.rollback();
        assertEquals(0, mails());
        transactions.begin();
        execute("insert into mail values (2)");
        transactions.prepare();
        transactions.commit();
        assertEquals(1, mails());
    }

    @Test
    void outsideOfTransactionsEachPieceOfWorkCommitsByItself() throws Exception {
        execute("insert into mail values (1)");
        assertEquals(1, mails());
        assertEquals(0, transactions.enlisted.size());
        Connection connection = source.getConnection();
        connection.close();
        assertTrue(connection.isClosed());
        assertThrows(SQLException.class, connection::createStatement);
    }

    @Test
    void aConnectionThatWasGivenBackHasNothingOpen() throws Exception {
        try (Connection connection = source.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into mail values (1)");
        }
        try (Connection connection = source.getConnection()) {
            assertTrue(connection.getAutoCommit());
        }
        assertEquals(0, mails());
    }

    /** The files as a crash after the prepare leaves them; then the server's recovery says how it ended. */
    @Test
    void aPreparedBranchOutlivesTheProcessAndObeysTheServersRecovery() throws Exception {
        transactions.begin();
        execute("insert into mail values (1)");
        transactions.prepare();
        Path crashed = Files.createDirectories(directory.resolve("crashed"));
        try (Stream<Path> files = Files.list(directory.resolve("spool"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".db")).toList()) {
                Files.copy(file, crashed.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        transactions.commit();
        var after = EmbeddedDatabase.open(crashed);
        try (Connection connection = after.getConnection(); var statement = connection.createStatement()) {
            assertEquals(1, EmbeddedDatabase.branchesInDoubt(connection));
            var recovery = after.getXAConnection();
            var branches = recovery.getXAResource().recover(XAResource.TMSTARTRSCAN);
            assertEquals(1, branches.length);
            recovery.getXAResource().commit(branches[0], false);
            recovery.close();
            assertEquals(0, EmbeddedDatabase.branchesInDoubt(connection));
            var rows = statement.executeQuery("select count(*) from mail");
            rows.next();
            assertEquals(1, rows.getInt(1));
            statement.execute("shutdown");
        }
    }

    @Test
    void aBranchThatWaitsForItsOutcomeIsNotTouched() throws Exception {
        transactions.begin();
        execute("insert into mail values (1)");
        transactions.prepare();
        var branch = transactions.enlisted.get(0);
        var xid = transactions.xid();
        transactions.ended(Status.STATUS_UNKNOWN);
        execute("insert into mail values (2)");
        branch.commit(xid, false);
        assertEquals(2, mails());
    }

    @Test
    void aServerWithoutAKnownTransactionManagerSaysWhatToDo() throws Exception {
        var lonely = new JoinedDataSource(database, transactions.registry(), Optional.empty(), () -> { });
        lonely.getConnection().close();
        transactions.begin();
        String message = assertThrows(SQLException.class, lonely::getConnection).getMessage();
        assertTrue(message.contains("mailroom.spool.datasource"), message);
        transactions.ended(Status.STATUS_ROLLEDBACK);
        lonely.close();
    }

    @Test
    void connectionsOfADatabaseThatWasClosedAreOpenedAgain() throws Exception {
        execute("insert into mail values (1)");
        execute("shutdown");
        execute("insert into mail values (2)");
        assertEquals(2, mails());
    }
}
