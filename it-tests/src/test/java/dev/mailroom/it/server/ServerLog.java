package dev.mailroom.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/** The log file that all servers of a test run append to; see logging.properties. */
public final class ServerLog {
    private static final int EXCERPT_LINES = 40;

    private final Path file;
    private final long from;

    private ServerLog(Path file, long from) {
        this.file = file;
        this.from = from;
    }

    /** What is written from now on. */
    public static ServerLog fromHere() {
        Path file = Path.of(System.getProperty("it.serverLog", "target/payara/server.log"));
        return new ServerLog(file, sizeOf(file));
    }

    private static long sizeOf(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything written since. */
    public String text() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, channel.size() - from)));
            channel.position(from);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // One read of a file usually fills the buffer.
                continue;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("no log of the server in " + file, e);
        }
    }

    /** The first severe message and what follows it, else the last lines. */
    public String excerpt() {
        List<String> lines = text().lines().toList();
        int severe = 0;
        while (severe < lines.size() && !lines.get(severe).contains(" SEVERE ")) {
            severe++;
        }
        int begin = severe < lines.size() ? severe : Math.max(0, lines.size() - EXCERPT_LINES);
        return lines.stream().skip(begin).limit(EXCERPT_LINES)
                .collect(Collectors.joining("\n    ", file + ":\n    ", "\n"));
    }
}
