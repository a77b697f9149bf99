package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that was cut, emptied or exchanged never passes for the spool that it was. */
class DamagedDatabaseTest {
    private static final int MAILS = 60;
    private static final SpoolQueue QUEUE = SpoolQueue.of("app", "ann");

    @TempDir
    private Path folder;
    private long newest;

    /** The directory as a crash leaves it: the mails were accepted, the database was not closed. */
    private Path crashed() throws Exception {
        Path crashed = folder.resolve("crashed");
        var database = EmbeddedDatabase.open(folder.resolve("spool"));
        SpoolStore store = open(database);
        for (int mail = 0; mail < MAILS; mail++) {
            newest = store.intake().accept(Spooling.mail(QUEUE, "bob@example.org")).id().number();
        }
        copy(folder.resolve("spool"), crashed);
        shutDown(database);
        return crashed;
    }

    private static SpoolStore open(EmbeddedDataSource database) throws SQLException {
        SpoolStore store = JdbcSpool.open(SpoolDatabase.local(database), Spooling.SETTINGS, "server");
        EmbeddedDatabase.keepIdentifiersUnique(database, Path.of(database.getDirectory()));
        return store;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : new String[] {"spool.mv.db", FlushMark.FILE}) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    private static void shutDown(EmbeddedDataSource database) throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private static void cut(Path directory, long octets) throws IOException {
        try (FileChannel file = FileChannel.open(EmbeddedDatabase.file(directory), StandardOpenOption.WRITE)) {
            file.truncate(Math.max(0, file.size() - octets));
        }
    }

    private void assertRefusedThenAcceptedWithoutGivingAnIdentifierTwice(Path directory) throws Exception {
        var damaged = EmbeddedDatabase.open(directory);
        var refusal = assertThrows(SQLException.class, damaged::getConnection);
        assertTrue(refusal.getMessage().contains(EmbeddedDatabase.file(directory).toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("from a backup"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(new MailIdentifier(newest).toString()), refusal.getMessage());
        assertThrows(SQLException.class, damaged::getXAConnection);
        assertThrows(SQLException.class, EmbeddedDatabase.open(directory)::getConnection, "nor after a restart");
        Files.createFile(directory.resolve(FlushedCommits.ACCEPT_LOSS));
        var database = EmbeddedDatabase.open(directory);
        SpoolStore store = open(database);
        long next = store.intake().accept(Spooling.mail(QUEUE, "bob@example.org")).id().number();
        assertTrue(next > newest, next + " was given before, up to " + newest);
        shutDown(database);
        assertFalse(Files.exists(directory.resolve(FlushedCommits.ACCEPT_LOSS)), "for this time only");
        shutDown(EmbeddedDatabase.open(directory));
    }

    @Test
    void anEmptyFileIsNotANewSpool() throws Exception {
        Path directory = crashed();
        cut(directory, Long.MAX_VALUE / 2);
        assertRefusedThenAcceptedWithoutGivingAnIdentifierTwice(directory);
    }

    @Test
    void aMissingFileIsNotANewSpool() throws Exception {
        Path directory = crashed();
        Files.delete(EmbeddedDatabase.file(directory));
        assertTrue(EmbeddedDatabase.wasUsed(directory), "looked for at the start");
        assertRefusedThenAcceptedWithoutGivingAnIdentifierTwice(directory);
    }

    @Test
    void anOlderFileIsNotTaken() throws Exception {
        Path directory = crashed();
        var database = EmbeddedDatabase.open(directory);
        shutDown(database);
        Path older = Files.copy(EmbeddedDatabase.file(directory), folder.resolve("older"));
        SpoolStore store = open(database);
        newest = store.intake().accept(Spooling.mail(QUEUE, "bob@example.org")).id().number();
        shutDown(database);
        Files.delete(EmbeddedDatabase.file(directory));
        Files.move(older, EmbeddedDatabase.file(directory));
        assertRefusedThenAcceptedWithoutGivingAnIdentifierTwice(directory);
    }

    /** Either the mails are all there, or the database is refused, by H2 itself or by us. */
    @ParameterizedTest
    @ValueSource(longs = {1, 100, 5_000, 100_000, 800_000})
    void aCutFileLosesNothingSilently(long octets) throws Exception {
        Path directory = crashed();
        cut(directory, octets);
        var database = EmbeddedDatabase.open(directory);
        try {
            database.getConnection().close();
        } catch (SQLException e) {
            assertTrue(e.getMessage().contains("from a backup"), e.getMessage());
            return;
        }
        SpoolStore store = open(database);
        assertEquals(MAILS, store.archive().fill().messages());
        shutDown(database);
    }

    @Test
    void anUndamagedFileIsOpenedAfterACrashAndWithoutAMark() throws Exception {
        Path directory = crashed();
        var database = EmbeddedDatabase.open(directory);
        assertEquals(MAILS, open(database).archive().fill().messages());
        shutDown(database);
        Files.delete(directory.resolve(FlushMark.FILE));
        var older = EmbeddedDatabase.open(directory);
        assertEquals(MAILS, open(older).archive().fill().messages());
        shutDown(older);
        Files.write(directory.resolve(FlushMark.FILE), new byte[0]);
        shutDown(EmbeddedDatabase.open(directory));
    }
}
