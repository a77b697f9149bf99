package dev.mailroom.console.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A mail on its way from its server to a client, in a file without a name: however slow the client is, the mailbox is
 * free for others, and the memory holds none of it. Nothing is left of it, not even of a process that is killed.
 */
final class PassingFile implements AutoCloseable {
    private final FileChannel channel;

    private PassingFile(FileChannel channel) {
        this.channel = channel;
    }

    static PassingFile create() throws IOException {
        Path file = Files.createTempFile("mailroom-", ".eml");
        try {
            return new PassingFile(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Takes the octets. */
    OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    /** How many there are. */
    long size() throws IOException {
        return channel.size();
    }

    /** Reads them from the beginning; ends the file when it is closed. */
    InputStream in() throws IOException {
        channel.position(0);
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
