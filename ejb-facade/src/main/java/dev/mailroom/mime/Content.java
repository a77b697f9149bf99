package dev.mailroom.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

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
}
