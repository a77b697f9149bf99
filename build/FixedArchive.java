import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites zips (jar, war, rar) so that the same content is the same bytes: entries in the order of their names, one
 * time for all of them whatever the time zone, no permissions, and no date in the first lines of property files. Run by
 * the build as a source file: {@code java FixedArchive.java INSTANT FOLDER GLOB}, where the glob is one of file names.
 */
public final class FixedArchive {
    // The manifest stays in front, where java.util.jar looks for it.
    private static final Comparator<ZipEntry> ORDER = Comparator
            .comparing((ZipEntry entry) -> !entry.getName().equals("META-INF/"))
            .thenComparing(entry -> !entry.getName().equals("META-INF/MANIFEST.MF"))
            .thenComparing(ZipEntry::getName);
    /** What java.util.Properties writes above the values: day, month, date, time, zone, year. */
    private static final String DATE = "(?m)^#\\w{3} \\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d .+ \\d{4}\\R";

    private FixedArchive() {
    }

    public static void main(String[] arguments) throws IOException {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.parse(arguments[0]), ZoneOffset.UTC);
        Path folder = Path.of(arguments[1]);
        // A module that only holds others together has no archives, and perhaps no folder for them.
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, arguments[2])) {
                for (Path archive : archives) {
                    fix(archive, time);
                }
            }
        }
    }

    private static void fix(Path archive, LocalDateTime time) throws IOException {
        Path fixed = archive.resolveSibling(archive.getFileName() + ".fixed");
        try (ZipFile from = new ZipFile(archive.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(fixed))) {
            to.setLevel(Deflater.BEST_COMPRESSION);
            List<? extends ZipEntry> entries = from.stream().sorted(ORDER).toList();
            for (ZipEntry entry : entries) {
                byte[] content = content(from, entry);
                ZipEntry written = new ZipEntry(entry.getName());
                written.setTimeLocal(time);
                describe(written, content, entry.getMethod());
                to.putNextEntry(written);
                to.write(content);
                to.closeEntry();
            }
        }
        Files.move(fixed, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is known in advance is not repeated behind each entry, which saves 16 octets a class. */
    private static void describe(ZipEntry entry, byte[] content, int method) {
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(method);
        entry.setSize(content.length);
        entry.setCompressedSize(method == ZipEntry.STORED ? content.length : deflated(content));
        entry.setCrc(crc.getValue());
    }

    private static long deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] nowhere = new byte[8192];
        while (!deflater.finished()) {
            deflater.deflate(nowhere);
        }
        long size = deflater.getBytesWritten();
        deflater.end();
        return size;
    }

    private static byte[] content(ZipFile from, ZipEntry entry) throws IOException {
        try (var in = from.getInputStream(entry)) {
            byte[] content = in.readAllBytes();
            return entry.getName().endsWith(".properties") ? withoutDate(content) : content;
        }
    }

    /** Property files are ISO 8859-1, which keeps every byte of any encoding. */
    private static byte[] withoutDate(byte[] properties) {
        String text = new String(properties, StandardCharsets.ISO_8859_1);
        return text.replaceAll(DATE, "").getBytes(StandardCharsets.ISO_8859_1);
    }
}
