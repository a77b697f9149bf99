package dev.mailroom.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Bytes that can be read any number of times and are the same each time. */
public interface Content {
    /** How many bytes {@link #open} yields. */
    long size();

    /**
     * A fresh stream from the first byte on.
     *
     * @throws IOException when the bytes cannot be read
     */
    InputStream open() throws IOException;

    /** Wraps an array, which must not change afterwards. */
    static Content of(byte[] bytes) {
        return new Content() {
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
    static Content of(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new NoSuchFileException(file.toString());
        }
        long size = Files.size(file);
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
