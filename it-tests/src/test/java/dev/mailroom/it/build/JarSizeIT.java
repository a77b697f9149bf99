package dev.mailroom.it.build;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mailroom.SmtpSession;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.server.MailApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What every application carries. */
final class JarSizeIT {
    private static final long MOST = 1_600_000;

    @Test
    void bothJarsTogetherStaySmall() throws IOException {
        Path adapter = MailApplication.place(SmtpSession.class);
        Path facade = MailApplication.place(MailFacade.class);
        assumeTrue(Files.isRegularFile(adapter) && Files.isRegularFile(facade), "needs jars: mvn verify");
        long size = Files.size(adapter) + Files.size(facade);
        assertTrue(size <= MOST, size + " octets, at most " + MOST + " are wanted: " + adapter + ", " + facade);
    }
}
