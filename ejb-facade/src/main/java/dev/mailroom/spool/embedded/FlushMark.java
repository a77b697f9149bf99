package dev.mailroom.spool.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the embedded database held when it was last flushed, in a file beside it: a database that was cut, emptied or
 * exchanged for an older one holds less. Written after each flush and never ahead of it; it is not flushed itself, so
 * that it may be behind after a power cut, which does no harm.
 *
 * @param flush counts the flushes; the database has the same number in a row
 * @param newest the greatest identifier that a mail in the database has had
 */
record FlushMark(long flush, long newest) {
    /** Beside the database. */
    static final String FILE = "spool.mark";
    static final FlushMark NONE = new FlushMark(0, 0);
    private static final int DIGITS = 20;
    private static final Pattern TEXT =
            Pattern.compile("mailroom spool 1\nflush (\\d{20})\nidentifier (\\d{20})\n");

    /** The mark of a directory; empty = there is none that can be read, and nothing is known. */
    static Optional<FlushMark> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher text = TEXT.matcher(new String(Files.readAllBytes(file), US_ASCII));
        return text.matches()
                ? Optional.of(new FlushMark(Long.parseLong(text.group(1)), Long.parseLong(text.group(2))))
                : Optional.empty();
    }

    /** Writes it over the one that is there, if any. */
    void writeTo(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (flush == 1 || !Files.exists(file)) {
            PrivateFile.ensure(file);
        }
        Files.write(file, text().getBytes(US_ASCII), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Of one length, so that a newer one covers an older one whole. Every flush needs it: a formatter is too slow. */
    private String text() {
        return "mailroom spool 1\nflush " + padded(flush) + "\nidentifier " + padded(newest) + "\n";
    }

    private static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
