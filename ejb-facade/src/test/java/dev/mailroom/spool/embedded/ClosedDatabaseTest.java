package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of the application is the end of its embedded database: the next one finds it free. */
final class ClosedDatabaseTest {
    @TempDir
    private Path directory;

    @Test
    void onceClosedItIsOpenedAgainByNobody() throws Exception {
        var database = EmbeddedDatabase.open(directory);
        Connection open = database.getConnection();
        database.close();
        database.close();
        assertThrows(SQLException.class, open::createStatement);
        SQLException refused = assertThrows(SQLException.class, database::getConnection);
        assertTrue(refused.getMessage().contains("is being stopped"), refused.getMessage());
        assertThrows(SQLException.class, database::getXAConnection);
    }

    @Test
    void whateverStillAsksForConnectionsTheNextApplicationFindsItFree() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                var database = EmbeddedDatabase.open(directory);
                database.getConnection().close();
                CountDownLatch begun = new CountDownLatch(4);
                List<Future<Integer>> users = Stream.generate(() -> threads.submit(() -> use(database, begun)))
                        .limit(4).toList();
                begun.await();
                database.close();
                for (Future<Integer> user : users) {
                    assertTrue(user.get() > 0);
                }
                // Another class of H2 would have to wait for this lock of the file.
                assertEquals(List.of(), openFiles(directory));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Until it is refused. */
    private static int use(EmbeddedDataSource database, CountDownLatch begun) {
        for (int used = 0;; used++) {
            try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
                statement.execute("select 1");
                if (used == 0) {
                    begun.countDown();
                }
            } catch (SQLException e) {
                if (e.getMessage().contains("is being stopped")) {
                    return used;
                }
            }
        }
    }

    /** What this process has open there, as Linux tells it. */
    private static List<String> openFiles(Path directory) throws Exception {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.map(ClosedDatabaseTest::target).filter(name -> name.startsWith(directory.toString())).toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
