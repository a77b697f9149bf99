package dev.mailroom.spool.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.MailData;
import dev.mailroom.SmtpReply;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.jdbc.JdbcSpool;
import dev.mailroom.spool.jdbc.SpoolDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded database takes of the disk. */
class ShrinkingFileTest {
    private static final SpoolQueue QUEUE = SpoolQueue.of("app", "ann");
    private static final int MAILS = 200;

    @TempDir
    private Path directory;

    /** The sweeps go on, as in a server that has nothing to send. */
    @Test
    void theFileShrinksWhileTheDatabaseIsOpenOnceItsMailsAreSent() throws Exception {
        var database = EmbeddedDatabase.open(directory);
        SpoolStore store = JdbcSpool.open(SpoolDatabase.local(database), Spooling.SETTINGS, "server");
        var mail = new NewMail(QUEUE, "app", "id@example.org", Spooling.envelope("bob@example.org"),
                MailData.of(new byte[100_000]), "");
        for (int accepted = 0; accepted < MAILS; accepted++) {
            store.intake().accept(mail);
        }
        long full = Files.size(EmbeddedDatabase.file(directory));
        assertTrue(full > MAILS * mail.data().size(), full + " octets");
        int sent = 0;
        for (List<SpooledMail> claimed; !(claimed = store.claims().claim(QUEUE, 32)).isEmpty();) {
            sent += store.claims().settle(claimed.stream().map(one -> new Settlement(
                    one, SpoolState.SENT, Duration.ZERO, true, SmtpReply.NONE, "", List.of())).toList()).size();
        }
        assertEquals(MAILS, sent);
        Spooling.eventually(() -> {
            store.time().follow();
            store.queues().due();
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            return Files.size(EmbeddedDatabase.file(directory)) < full / 10;
        });
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }
}
