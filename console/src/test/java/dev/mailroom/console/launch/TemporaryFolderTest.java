package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    private Path parent;
    @TempDir
    private Path elsewhere;

    private Set<Path> there() throws IOException {
        try (var files = Files.list(parent)) {
            return files.collect(Collectors.toSet());
        }
    }

    @Test
    void whatADeadProcessLeftIsDeletedAndWhatALivingOneHasIsNot() throws IOException {
        TemporaryFolder dead = TemporaryFolder.claim(parent);
        TemporaryFolder living = TemporaryFolder.claim(parent);
        for (TemporaryFolder folder : Set.of(dead, living)) {
            Files.writeString(Files.createDirectories(folder.path().resolve("server/lib")).resolve("a.jar"), "a");
        }
        // Where a process ends, the system closes its files.
        dead.lock().close();
        TemporaryFolder next = TemporaryFolder.claim(parent);
        assertEquals(Set.of(living.path(), next.path()), there());
        assertTrue(Files.exists(living.path().resolve("server/lib/a.jar")));
    }

    @Test
    void aFolderIsLockedAsLongAsTheProcessLivesThoughNobodyHoldsOnToIt() throws IOException, InterruptedException {
        Path living = TemporaryFolder.claim(parent).path();
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        for (int i = 0; i < 3; i++) {
            var sign = new PhantomReference<>(new Object(), collected);
            do {
                System.gc();
            } while (collected.remove(10) != sign);
            TemporaryFolder.claim(parent);
            assertTrue(Files.exists(living));
        }
    }

    @Test
    void whatOnlyLooksLikeOursStays() throws IOException {
        Path foreign = Files.createDirectory(parent.resolve("mailroom-data"));
        Path server = Files.createDirectory(parent.resolve("payaramicro-rt1tmp"));
        Files.createFile(server.resolve("in-use"));
        Path file = Files.createFile(parent.resolve("mailroom-1"));
        Files.createFile(elsewhere.resolve("in-use"));
        Path link = Files.createSymbolicLink(parent.resolve("mailroom-2"), elsewhere);
        TemporaryFolder own = TemporaryFolder.claim(parent);
        assertEquals(Set.of(foreign, server, file, link, own.path()), there());
    }

    @Test
    void aLinkInADeadFolderIsDeletedAndNotFollowed() throws IOException {
        TemporaryFolder dead = TemporaryFolder.claim(parent);
        Path kept = Files.createFile(elsewhere.resolve("kept"));
        Files.createSymbolicLink(dead.path().resolve("link"), elsewhere);
        dead.lock().close();
        TemporaryFolder.claim(parent);
        assertFalse(Files.exists(dead.path()));
        assertTrue(Files.exists(kept));
    }

    @Test
    void nobodyElseMayLookInside() throws IOException {
        assertEquals("rwx------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(TemporaryFolder.claim(parent).path())));
    }
}
