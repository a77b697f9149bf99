package dev.mailroom.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this JVM's objects hold that something still refers to. */
public final class HeapDump implements AutoCloseable {
    private final Path folder;
    private final Path file;

    private HeapDump(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("heap.hprof");
    }

    /** The objects in use now; whatever nothing refers to any more is left out. */
    public static HeapDump take() throws IOException {
        HeapDump dump = new HeapDump(Files.createTempDirectory("mailroom-heap"));
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.file.toString(), true);
        return dump;
    }

    /**
     * Whether these bytes occur, be it as a text of one octet a letter.
     *
     * @param disguised each octet of what is looked for, inverted: or else the search would find what it searches for
     */
    public boolean contains(byte[] disguised) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            for (long from = 0; from < size; from += Integer.MAX_VALUE / 2) {
                long length = Math.min(size - from, Integer.MAX_VALUE / 2 + disguised.length);
                if (contains(channel.map(FileChannel.MapMode.READ_ONLY, from, length), disguised)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean contains(MappedByteBuffer bytes, byte[] disguised) {
        int last = bytes.limit() - disguised.length;
        for (int at = 0; at <= last; at++) {
            int i = 0;
            while (i < disguised.length && bytes.get(at + i) == (byte) ~disguised[i]) {
                i++;
            }
            if (i == disguised.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }
}
