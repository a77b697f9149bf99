package dev.mailroom.console.launch;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that this process unpacks the server into. It is locked as long as the process lives, however it ends; a
 * folder that is not locked was left by a process that was killed, and the next start deletes it.
 *
 * @param path of this process alone, in the system's folder for temporary files
 * @param lock kept open until the end
 */
record TemporaryFolder(Path path, FileChannel lock) {
    private static final String PREFIX = "mailroom-";
    private static final String LOCK = "in-use";
    private static final String LOCK_TO_BE = "to-be-locked";
    /** Until the process ends: the garbage collector closes a channel that nobody holds, and the lock is gone. */
    private static final Set<FileChannel> LOCKED = ConcurrentHashMap.newKeySet();

    /**
     * Makes one, after deleting those that dead processes of this user left.
     *
     * @throws UncheckedIOException when it cannot be made
     */
    static TemporaryFolder claim(Path parent) {
        try {
            Path path = Files.createTempDirectory(parent, PREFIX);
            // Deleted in the reverse order of these calls, after what the server asks to be deleted.
            path.toFile().deleteOnExit();
            path.resolve(LOCK).toFile().deleteOnExit();
            FileChannel lock = FileChannel.open(path.resolve(LOCK_TO_BE),
                    StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            LOCKED.add(lock);
            lock.lock();
            // The file gets its final name only after it is locked.
            Files.move(path.resolve(LOCK_TO_BE), path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            TemporaryFolder own = new TemporaryFolder(path, lock);
            own.deleteDead(parent);
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for temporary files in " + parent, e);
        }
    }

    /** Deletes what is in it, once the server has stopped: not all of it is deleted by the server itself. */
    void empty() {
        try {
            deleteContents(path);
        } catch (IOException e) {
            System.getLogger("dev.mailroom.console.launch").log(System.Logger.Level.DEBUG, "left: " + path, e);
        }
    }

    private void deleteDead(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (!folder.equals(path) && isOurs(folder)) {
                    deleteIfDead(folder);
                }
            }
        }
    }

    /** Other users may make folders and links there. */
    private boolean isOurs(Path folder) throws IOException {
        return Files.isDirectory(folder, NOFOLLOW_LINKS)
                && Files.getOwner(folder, NOFOLLOW_LINKS).equals(Files.getOwner(path))
                && Files.isRegularFile(folder.resolve(LOCK), NOFOLLOW_LINKS);
    }

    private static void deleteIfDead(Path folder) {
        try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
            if (lock.tryLock() != null) {
                deleteAllOf(folder);
            }
        } catch (IOException | OverlappingFileLockException e) {
            System.getLogger("dev.mailroom.console.launch").log(System.Logger.Level.DEBUG, "left: " + folder, e);
        }
    }

    /** The lock is deleted last: if this is interrupted, the next start finds the folder again. */
    private static void deleteAllOf(Path folder) throws IOException {
        deleteContents(folder);
        Files.delete(folder.resolve(LOCK));
        Files.delete(folder);
    }

    private static void deleteContents(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(folder.resolve(LOCK))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (!directory.equals(folder)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
