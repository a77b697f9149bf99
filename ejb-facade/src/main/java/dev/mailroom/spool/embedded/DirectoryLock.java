package dev.mailroom.spool.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/**
 * Keeps a second application of the same server out of the embedded database. H2 keeps out other processes only; each
 * of two applications would take the other's mails in flight for those of a dead server, and send them again. For one
 * thread at a time.
 */
public final class DirectoryLock {
    private static final String FILE = "spool.lock";

    private FileChannel held;

    /**
     * Takes it, or keeps it.
     *
     * @param directory exists
     * @throws SQLException when another application has it, or the directory cannot be written to
     */
    public void take(Path directory) throws SQLException {
        if (held != null) {
            return;
        }
        try {
            PrivateFile.ensure(directory.resolve(FILE));
            FileChannel channel = FileChannel.open(
                    directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new SQLException("mailroom.spool.directory " + directory + " is the spool of another application"
                        + " that runs now; give each application a directory of its own");
            }
            held = channel;
        } catch (IOException e) {
            throw new SQLException("mailroom.spool.directory " + directory + " cannot be locked: " + e, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Lets others have it; without effect if it is not held. */
    public void release() {
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw new IllegalStateException("the lock of the spool's directory cannot be released", e);
            }
            held = null;
        }
    }
}
