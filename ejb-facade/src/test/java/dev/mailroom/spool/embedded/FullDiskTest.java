package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.MailData;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final SpoolQueue QUEUE = SpoolQueue.of("app", "ann");
    private static final MailData LARGE = MailData.of(new byte[100_000]);

    @TempDir
    private Path directory;
    private final Set<Long> accepted = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();
    private final Set<String> inDoubt = new TreeSet<>();
    private int number;

    private boolean accepts(SpoolStore store) {
        String to = "m" + number++ + "@example.org";
        try {
            accepted.add(store.intake().accept(new NewMail(QUEUE, "app", "id@example.org", new Envelope(
                    "s@example.org", List.of(to), false, DeliveryNotification.NONE), LARGE, "")).id().number());
            return true;
        } catch (SQLException e) {
            (SpoolException.IN_DOUBT.equals(e.getSQLState()) ? inDoubt : refused).add(to);
            return false;
        } catch (SpoolException e) {
            throw new AssertionError("there is no limit", e);
        }
    }

    @Test
    void whenThereIsRoomAgainTheSpoolAcceptsByItselfAndWhatWasRefusedIsNotInIt() throws Exception {
        FullDisk.register();
        var database = new EmbeddedDataSource(FullDisk.SCHEME);
        database.setDirectory(directory.toString());
        SpoolStore store = JdbcSpool.open(SpoolDatabase.local(database), Spooling.SETTINGS, "server");
        for (int mail = 0; mail < 5; mail++) {
            assertTrue(accepts(store));
        }
        FullDisk.full(true);
        int failures = 0;
        for (int mail = 0; mail < 200 && failures < 5; mail++) {
            failures += accepts(store) ? 0 : 1;
        }
        assertEquals(5, failures, "the disk is not full");
        FullDisk.full(false);
        Spooling.eventually(() -> accepts(store));
        assertTrue(accepts(store), "and goes on to");
        var there = store.archive().list(SpoolState.PENDING, 0, 1000);
        Set<Long> ids = there.stream().map(mail -> mail.id().number()).collect(Collectors.toSet());
        assertTrue(ids.containsAll(accepted), "accepted, and gone: " + accepted + " of " + ids);
        assertTrue(ids.size() <= accepted.size() + inDoubt.size(), "refused, and there all the same");
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }
}
