package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path directory;

    @Test
    void aSecondApplicationIsToldWhatToDo() throws SQLException {
        DirectoryLock first = new DirectoryLock();
        first.take(directory);
        String told = assertThrows(SQLException.class, () -> new DirectoryLock().take(directory)).getMessage();
        assertTrue(told.startsWith("mailroom.spool.directory " + directory), told);
        assertTrue(told.contains("another application"), told);
        first.release();
    }

    @Test
    void whoHasItMayTakeItAgainAfterAFailedStart() throws SQLException {
        DirectoryLock lock = new DirectoryLock();
        lock.take(directory);
        assertDoesNotThrow(() -> lock.take(directory));
        lock.release();
    }

    @Test
    void theNextApplicationGetsItWhenTheFirstHasEnded() throws SQLException {
        DirectoryLock first = new DirectoryLock();
        DirectoryLock next = new DirectoryLock();
        first.take(directory);
        assertThrows(SQLException.class, () -> next.take(directory));
        first.release();
        assertDoesNotThrow(() -> next.take(directory));
        next.release();
        next.release();
    }

    @Test
    void aDirectoryThatIsMissingIsNamed() {
        Path missing = directory.resolve("missing");
        String told = assertThrows(SQLException.class, () -> new DirectoryLock().take(missing)).getMessage();
        assertTrue(told.contains(missing.toString()), told);
    }
}
