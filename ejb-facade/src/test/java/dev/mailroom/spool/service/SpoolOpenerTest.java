package dev.mailroom.spool.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolKeys;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.drain.KnownSessions;
import dev.mailroom.spool.drain.SpoolListener;
import dev.mailroom.testing.GivenValues;
import dev.mailroom.testing.LogCapture;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolOpenerTest {
    private static final TransactionSynchronizationRegistry NO_TRANSACTION = (TransactionSynchronizationRegistry)
            Proxy.newProxyInstance(SpoolOpenerTest.class.getClassLoader(),
                    new Class<?>[] {TransactionSynchronizationRegistry.class},
                    (proxy, method, arguments) -> Status.STATUS_NO_TRANSACTION);

    @TempDir
    private Path folder;

    /** How often the spool's log says that others may look into its directory. */
    private long warnings(String permissions) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        SpoolSettings settings = SpoolKeys.settings(
                new GivenValues(Map.of(SpoolKeys.DIRECTORY, folder.toString())));
        var opener = new SpoolOpener(settings, NO_TRANSACTION);
        try (LogCapture log = LogCapture.of("dev.mailroom.spool")) {
            opener.open(new KnownSessions(null, SpoolCipher.none()), SpoolListener.NONE, Runnable::run, false).stop();
            return log.lines().stream().filter(line -> line.startsWith("WARNING MR0511 ")
                    && line.contains("mailroom.spool.directory " + folder) && line.contains("chmod 700")).count();
        } finally {
            opener.close();
        }
    }

    @Test
    void aDirectoryThatOthersMayLookIntoIsToldOf() throws Exception {
        assertEquals(1, warnings("rwxr-xr-x"));
        assertEquals(0, warnings("rwx------"));
    }
}
