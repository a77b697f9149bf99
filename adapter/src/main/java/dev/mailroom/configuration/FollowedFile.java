package dev.mailroom.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Secret;
import dev.mailroom.secret.SecretOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The secret in a file, read again when the file changes. Looked at for each new connection, and otherwise once a
 * second at most. A file that cannot be read, or holds nothing that could be a secret, changes nothing: the earlier
 * value is kept, and a line in the log says so.
 */
final class FollowedFile implements SecretOrigin {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.configuration");
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path path;
    private final Function<String, Secret> kind;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    private volatile String value;
    private volatile int generation;
    /** Guarded by this. */
    private Marks seen;
    /** Guarded by this: why the last reading failed; empty = it did not. */
    private String trouble = "";

    /** What changes with a file. A symbolic link is followed: container platforms swap links. */
    private record Marks(FileTime modified, long size, String file) {
        static Marks of(Path path) throws IOException {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new Marks(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey()));
        }
    }

    /** @throws IllegalArgumentException if there is no secret in it */
    FollowedFile(Path path, Function<String, Secret> kind) {
        this.path = path;
        this.kind = kind;
        try {
            seen = Marks.of(path);
        } catch (IOException e) {
            // Reading says more about why.
            seen = null;
        }
        value = SecretFile.read(path, kind);
    }

    @Override
    public String name() {
        return "file " + path;
    }

    @Override
    public String current(Duration patience) {
        lookedAt.set(System.nanoTime());
        lookAt(false);
        return value;
    }

    @Override
    public String known() {
        lookOnceInAWhile();
        return value;
    }

    @Override
    public int generation() {
        lookOnceInAWhile();
        return generation;
    }

    private void lookOnceInAWhile() {
        long before = lookedAt.get();
        long now = System.nanoTime();
        if (now - before > LOOK_AGAIN_NANOS && lookedAt.compareAndSet(before, now)) {
            lookAt(false);
        }
    }

    /** A clock of the file system may be too coarse to tell two writings apart. */
    @Override
    public boolean refused(String refused, boolean before) {
        look();
        return !value.equals(refused);
    }

    @Override
    public boolean look() {
        return lookAt(true);
    }

    private synchronized boolean lookAt(boolean closely) {
        String read;
        Marks now;
        try {
            now = Marks.of(path);
            if (!closely && now.equals(seen)) {
                return false;
            }
            read = SecretFile.read(path, kind);
        } catch (IOException e) {
            return cannotBeRead(e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            return cannotBeRead(e.getMessage());
        }
        seen = now;
        trouble = "";
        if (read.equals(value)) {
            return false;
        }
        value = read;
        generation++;
        LOG.log(System.Logger.Level.INFO, "MR0403 the secret in {0} has changed; new connections use the new one, and"
                + " those opened with the earlier one end", path);
        return true;
    }

    private boolean cannotBeRead(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.log(System.Logger.Level.WARNING, "MR0404 the secret in {0} cannot be read again, so that the earlier"
                    + " one stays: {1}", path, why);
        }
        return false;
    }

    /** In one step, so that nobody reads half of it; a directory in which that cannot be done is left as it is. */
    @Override
    public synchronized boolean replace(String other) {
        if (other.isBlank() || other.chars().anyMatch(Character::isISOControl)) {
            // It could not be read again.
            return false;
        }
        Path beside = null;
        try {
            Path target = path.toRealPath();
            beside = Files.createTempFile(target.getParent(), ".mailroom", ".new");
            PosixFileAttributeView rights = Files.getFileAttributeView(target, PosixFileAttributeView.class);
            Files.write(beside, (other + "\n").getBytes(UTF_8));
            if (rights != null) {
                Files.setPosixFilePermissions(beside, rights.readAttributes().permissions());
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            seen = Marks.of(path);
            value = other;
            return true;
        } catch (IOException | SecurityException e) {
            delete(beside);
            return false;
        }
    }

    private static void delete(Path beside) {
        try {
            if (beside != null) {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            // Nothing is lost by it, and the reason why it could not be moved is the same.
        }
    }
}
