package dev.mailroom.it.spool.outcome;

import dev.mailroom.spool.MailSettled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Notes what it hears in a file; blocks for ever, or fails, where another file says so. */
@ApplicationScoped
public class InvoiceObserver {
    /** The system property that names the directory of these files. */
    public static final String DIRECTORY = "invoices";
    /** What was heard, a line each. */
    public static final String HEARD = "heard";
    /** As long as it is there, the observer does not return. */
    public static final String BLOCK = "block";
    /** While it is there, the observer deletes it and fails. */
    public static final String FAIL = "fail";
    /** As long as it is there, the observer fails. */
    public static final String REJECT = "reject";

    private final Path directory = Path.of(System.getProperty(DIRECTORY));

    void hear(@Observes MailSettled mail) throws IOException, InterruptedException {
        note("begins", mail);
        if (Files.exists(directory.resolve(BLOCK))) {
            new CountDownLatch(1).await();
        }
        if (Files.deleteIfExists(directory.resolve(FAIL)) || Files.exists(directory.resolve(REJECT))) {
            note("failed", mail);
            throw new IllegalStateException("no such invoice");
        }
        note("done", mail);
    }

    private void note(String what, MailSettled mail) throws IOException {
        Files.write(directory.resolve(HEARD), List.of(what + " " + mail.reference() + " " + mail.state()),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
