package dev.mailroom.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Bytes that can be read any number of times and are the same each time. */
public interface ContentSource {
    /** How many bytes {@link #open} yields. */
    long size();

    /**
     * A fresh stream from the first byte on.
     *
     * @throws IOException when the bytes cannot be read
     */
    InputStream open() throws IOException;

    /** Wraps an array, which must not change afterwards. */
    static ContentSource of(byte[] bytes) {
        return new ContentSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /**
     * A file, read anew at each {@link #open}.
     *
     * @throws IOException when it is not there or cannot be read
     */
    static ContentSource of(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString(), null, "it is no file that may be read");
        }
        long size = Files.size(file);
        return new ContentSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                try {
                    return Files.newInputStream(file);
                } catch (NoSuchFileException e) {
                    // Where the exception is caught it is no longer known what the file was for.
                    throw new NoSuchFileException(file.toString(), null,
                            "the file is gone since the mail was composed of it");
                }
            }
        };
    }
}
