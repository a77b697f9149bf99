package dev.mailroom.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the embedded database lives and how it is opened. */
final class EmbeddedDatabase {
    // The server closes the database when it has drained the spool, not H2's own shutdown hook. 16 MiB of cache are
    // enough for the index of the mails at the head of the queues; the rest of a long queue stays on the disk.
    private static final String OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000"
            + ";CACHE_SIZE=16384;TRACE_LEVEL_FILE=0";

    private EmbeddedDatabase() {
    }

    /** The directory, absolute; created for this user alone if need be: mails are nobody else's business. */
    static Path directory(Path configured) {
        Path absolute = configured.toAbsolutePath().normalize();
        if (absolute.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("mailroom.spool.directory must not contain ';', was " + absolute);
        }
        try {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(absolute.getParent());
                if (!Files.exists(absolute)) {
                    Files.createDirectory(absolute, PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
                }
            } else {
                Files.createDirectories(absolute);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("mailroom.spool.directory " + absolute + " cannot be created", e);
        }
        return absolute;
    }

    /** The JDBC URL for a directory, which is created if need be. */
    static String url(Path configured) {
        return "jdbc:h2:file:" + directory(configured).resolve("spool") + OPTIONS;
    }

    /** The file that exists once the database was used. */
    static Path file(Path directory) {
        return directory.resolve("spool.mv.db");
    }

    /** Opens it without a container. */
    static EmbeddedDataSource open(Path directory) {
        var source = new EmbeddedDataSource();
        source.setDirectory(directory.toString());
        return source;
    }
}
