package dev.mailroom.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpSession;
import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.it.server.MailApplication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The resource adapter, and what applications carry beside it, have each class once and nothing too little. */
final class ResourceAdapterArchiveIT {
    private static final Pattern NAME = Pattern.compile("dev/mailroom/[A-Za-z0-9_$/]+");

    /** Class files by name. */
    private static Map<String, byte[]> classes(InputStream jar) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (var zip = new ZipInputStream(jar)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".class")) {
                    found.put(entry.getName().replaceFirst("\\.class$", ""), zip.readAllBytes());
                }
            }
        }
        return found;
    }

    private static Map<String, byte[]> ofTheAdapter() throws IOException {
        try (var rar = new ZipFile(AdministratorsCommands.rar().toFile())) {
            byte[] jar = rar.getInputStream(rar.getEntry("mailroom-connector.jar")).readAllBytes();
            return classes(new ByteArrayInputStream(jar));
        }
    }

    @Test
    void theAdapterHasEveryClassThatItsClassesName() throws IOException {
        Map<String, byte[]> there = ofTheAdapter();
        Set<String> all = classes(Files.newInputStream(MailApplication.place(SmtpSession.class))).keySet();
        Set<String> missing = new TreeSet<>();
        there.forEach((name, code) -> {
            Matcher named = NAME.matcher(new String(code, StandardCharsets.ISO_8859_1));
            while (named.find()) {
                if (all.contains(named.group()) && !there.containsKey(named.group())) {
                    missing.add(named.group() + ", named by " + name);
                }
            }
        });
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatIsCarriedBesideItIsTheRest() throws IOException {
        Path jar = MailApplication.place(SmtpSession.class);
        Set<String> rest = new TreeSet<>(classes(Files.newInputStream(jar)).keySet());
        rest.removeAll(ofTheAdapter().keySet());
        assertTrue(rest.contains("dev/mailroom/cdi/Mailroom"));
        assertEquals(rest, classes(Files.newInputStream(MailApplication.besideRar())).keySet());
    }
}
