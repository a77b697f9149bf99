package dev.mailroom.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.secret.SecretOrigin;
import dev.mailroom.testing.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
    @TempDir
    private Path folder;
    private Path path;
    private Secret secret;

    @BeforeEach
    void read() throws Exception {
        path = Files.writeString(folder.resolve("password"), "first\n");
        secret = follow(path);
    }

    private static Secret follow(Path path) {
        return ConfigurationType.secretFile(Secret::password).parse(path.toString());
    }

    private String current() throws Exception {
        Secret now = secret.current(Duration.ofSeconds(1));
        assertEquals(secret.fingerprint(), now.fingerprint());
        assertTrue(now.origin().isEmpty(), "what a connection is opened with changes no more");
        return now.value();
    }

    private SecretOrigin origin() {
        return secret.origin().orElseThrow();
    }

    @Test
    void aNewConnectionGetsWhatIsInTheFileThenAndEarlierOnesBecomeUnwanted() throws Exception {
        int before = origin().generation();
        assertEquals("first", current());
        Files.writeString(path, "the second\n");
        assertEquals("the second", current());
        assertEquals("the second", secret.value());
        assertNotEquals(before, origin().generation());
    }

    @Test
    void aValueOfTheSameLengthInTheSameMomentIsFoundWhenItIsLookedForOrRefused() throws Exception {
        var modified = Files.getLastModifiedTime(path);
        Files.writeString(path, "fresh\n");
        Files.setLastModifiedTime(path, modified);
        assertEquals("first", current());
        assertTrue(origin().refused("first", true));
        assertEquals("fresh", current());
        assertFalse(origin().refused("fresh", true));
        Files.writeString(path, "later\n");
        Files.setLastModifiedTime(path, modified);
        assertTrue(origin().look());
        assertFalse(origin().look());
    }

    @Test
    void aFileThatIsGoneOrHoldsNoSecretChangesNothingAndIsToldOnce() throws Exception {
        try (LogCapture log = LogCapture.of("dev.mailroom.configuration")) {
            Files.writeString(path, "two\nlines\n");
            assertEquals("first", current());
            assertEquals("first", current());
            Files.delete(path);
            assertEquals("first", current());
            assertEquals("first", current());
            assertEquals(2, log.lines().size(), log.lines().toString());
            assertTrue(log.lines().get(0).startsWith("WARNING MR0404 the secret in " + path), log.lines().get(0));
            Files.writeString(path, "second");
            assertEquals("second", current());
            assertTrue(log.lines().get(2).startsWith("INFO MR0403 the secret in " + path), log.lines().get(2));
            assertFalse(log.lines().toString().contains("second;"), log.lines().toString());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkThatLeadsElsewhereIsAChange() throws Exception {
        // As container platforms do it: the file is a link into a directory that is itself a link, and is swapped.
        Path one = Files.createDirectory(folder.resolve("..one"));
        Path two = Files.createDirectory(folder.resolve("..two"));
        Files.writeString(one.resolve("password"), "first");
        Files.writeString(two.resolve("password"), "other");
        Files.setLastModifiedTime(two.resolve("password"), Files.getLastModifiedTime(one.resolve("password")));
        Path data = Files.createSymbolicLink(folder.resolve("..data"), one);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("..data/password"));
        secret = follow(link);
        assertEquals("first", current());
        Files.move(Files.createSymbolicLink(folder.resolve("..next"), two), data, StandardCopyOption.ATOMIC_MOVE);
        assertEquals("other", current());
    }

    @Test
    void secretsOfOneFileAreOneAndOfAnotherAreNot() throws Exception {
        assertEquals(secret, follow(path));
        assertEquals(secret.fingerprint(), follow(path).fingerprint());
        Path other = Files.writeString(folder.resolve("other"), "first\n");
        assertNotEquals(secret, follow(other));
        assertNotEquals(secret.fingerprint(), follow(other).fingerprint());
        assertNotEquals(secret.fingerprint(), Secret.password("first").fingerprint());
        assertEquals("Secret[***]", secret.toString());
    }

    @Test
    void whatIsNoSecretIsNotWritten() throws Exception {
        for (String none : List.of("", " ", "a\nb", "a\0", "a\r")) {
            assertFalse(origin().replace(none));
        }
        assertEquals("first\n", Files.readString(path));
        assertTrue(origin().replace("second"));
        assertEquals("second", current());
    }
}
