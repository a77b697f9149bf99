package dev.mailroom.it.jar;

import static dev.mailroom.it.jar.RunnableJarIT.freePort;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runnable jar where something is in its way, before it starts or when it is started again. */
final class ObstructedStartIT {
    @TempDir
    private Path root;

    @Test
    void aMistakeInTheConfigurationIsOneReadableMessage() throws Exception {
        try (JarProcess wrong = JarProcess.start(root.resolve("wrong"),
                List.of("-Dmailroom.console.mailbox-port=many", "-Dmailroom.pool.max-totl=7"),
                "--port", String.valueOf(freePort()))) {
            assertEquals(1, wrong.awaitExit());
            String output = wrong.output();
            assertTrue(output.contains("Mailroom did not start"), output);
            assertTrue(output.contains("mailroom.console.mailbox-port = \"many\""), output);
            assertTrue(output.contains("mailroom.pool.max-total"), output);
            assertFalse(output.contains("\tat "), output);
        }
    }

    @Test
    void aKilledProcessLeavesNothingOnceTheNextHasStarted() throws Exception {
        Path home = root.resolve("killed");
        List<String> properties = List.of("-Dmailroom.console.mailbox=off");
        List<String> dead;
        try (JarProcess killed = JarProcess.start(home, properties, "--port", String.valueOf(freePort()))) {
            killed.awaitBanner();
            dead = killed.left("temp");
        }
        assertFalse(dead.isEmpty());
        Files.createDirectories(home.resolve("temp/payaramicro-rt1tmp"));
        try (JarProcess next = JarProcess.start(home, properties, "--port", String.valueOf(freePort()))) {
            next.awaitBanner();
            List<String> there = next.left("temp");
            assertTrue(there.contains("payaramicro-rt1tmp"), "somebody else's");
            assertTrue(there.stream().noneMatch(dead::contains), there + " after " + dead);
            next.stop();
            next.awaitExit();
            assertEquals(List.of("payaramicro-rt1tmp"), next.left("temp"));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', mailroom.console.address=0.0.0.0", "'--sslport', every copy of the server"})
    void aNetworkMayNotReachItWhereAnybodyCouldReadThePassword(String tls, String reason) throws Exception {
        String[] arguments = tls.isEmpty() ? new String[0] : new String[] {tls, String.valueOf(freePort())};
        try (JarProcess open = JarProcess.start(root.resolve("open" + tls),
                List.of("-Dmailroom.console.address=0.0.0.0"), arguments)) {
            assertEquals(1, open.awaitExit());
            assertTrue(open.output().contains(reason), open.output());
            assertTrue(open.output().contains("mailroom.console.allow-insecure=on"), open.output());
            assertFalse(open.output().contains("\tat "), open.output());
        }
    }

    @Test
    void aPortInUseIsOneReadableMessage() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JarProcess second = JarProcess.start(root.resolve("second"), List.of(),
                        "--port", String.valueOf(taken.getLocalPort()))) {
            assertEquals(1, second.awaitExit());
            assertTrue(second.output().contains("--port"), second.output());
            assertFalse(second.output().contains("\tat "), second.output());
        }
    }
}
