package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.AdministratorsCommands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the file that administrators deploy. */
final class ResourceAdapterIT {
    private static final Path RAR = AdministratorsCommands.rar();

    @Test
    void itIsNamedAfterTheAdapter() {
        assertTrue(RAR.getFileName().toString().matches("mailroom-adapter-[0-9][^/]*\\.rar"), RAR.toString());
    }

    @Test
    void itHoldsItsDescriptorAndOneJar() throws IOException {
        assertEquals(Set.of("META-INF/MANIFEST.MF", "META-INF/ra.xml", "mailroom-connector.jar"),
                names(Files.newInputStream(RAR)));
    }

    @Test
    void theJarHoldsTheConnectorAndNothingThatBelongsToApplications() throws IOException {
        try (InputStream file = Files.newInputStream(RAR); ZipInputStream rar = new ZipInputStream(file)) {
            ZipEntry entry = rar.getNextEntry();
            while (!entry.getName().endsWith(".jar")) {
                entry = rar.getNextEntry();
            }
            Set<String> packages = names(rar).stream().map(name -> name.replaceFirst("/[^/]*$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(new TreeSet<>(Set.of("META-INF", "dev/mailroom", "dev/mailroom/arrival",
                    "dev/mailroom/connector", "dev/mailroom/oauth", "dev/mailroom/pool", "dev/mailroom/receiving",
                    "dev/mailroom/secret", "dev/mailroom/sevenbit", "dev/mailroom/smtp", "dev/mailroom/store",
                    "dev/mailroom/transport", "dev/mailroom/watch")), packages);
        }
    }

    private static Set<String> names(InputStream zip) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipInputStream entries = new ZipInputStream(zip)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                }
            }
        }
        return names;
    }
}
