package dev.mailroom.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Saves attachments of strangers. The name that a mail gives is a wish: no part of it is a path, none of its characters
 * is one that a file system or a shell gives a meaning, and no file that is there is touched.
 */
public final class AttachmentFiles {
    /** Octets of a name that every file system takes, with room for a number. */
    private static final int LONGEST = 200;
    private static final int MOST_COPIES = 10_000;
    /** Names of devices on Windows, with any extension. */
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4",
            "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8",
            "lpt9");

    private AttachmentFiles() {
    }

    /**
     * Copies the content into a new file.
     *
     * @param wish the name that the mail gives; may be anything
     * @param otherwise the name where nothing is left of that
     * @return the file: its name has a number in front of its extension where another had it already
     * @throws IOException if the directory is none or cannot be written; a file that was begun is removed
     */
    public static Path save(Path directory, String wish, String otherwise, InputStream content) throws IOException {
        String name = safeName(wish, otherwise);
        for (int copy = 1; copy <= MOST_COPIES; copy++) {
            Path file = directory.resolve(copy == 1 ? name : numbered(name, copy));
            try {
                // CREATE_NEW: two that save at once never share a file, and no link is followed.
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            return filled(file, content);
        }
        throw new IOException("the directory " + directory + " has " + MOST_COPIES + " files named like " + name);
    }

    private static Path filled(Path file, InputStream content) throws IOException {
        boolean whole = false;
        try (var out = Files.newOutputStream(file)) {
            content.transferTo(out);
            whole = true;
            return file;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String numbered(String name, int copy) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) + "-" + copy + name.substring(dot) : name + "-" + copy;
    }

    /**
     * What is left of a wish: a name of at most 200 octets in UTF-8, without a part of a path, control characters and
     * those that a shell or a header gives a meaning.
     *
     * @param wish the name that a mail gives; may be anything
     * @param otherwise the name where nothing is left of that
     */
    public static String safeName(String wish, String otherwise) {
        String base = wish.substring(Math.max(wish.lastIndexOf('/'), wish.lastIndexOf('\\')) + 1);
        StringBuilder safe = new StringBuilder();
        base.codePoints().forEach(c -> safe.appendCodePoint(allowed(c) ? c : '_'));
        String name = safe.toString().strip();
        // A dot in front hides a file, one behind is dropped by Windows.
        name = shortened(name.replaceAll("^[. ]+|[. ]+$", ""));
        String stem = name.replaceAll("\\..*", "").strip().toLowerCase(Locale.ROOT);
        return name.isEmpty() || name.chars().allMatch(c -> c == '_') ? otherwise
                : DEVICES.contains(stem) ? "_" + name : name;
    }

    private static boolean allowed(int c) {
        return switch (Character.getType(c)) {
            // FORMAT has the marks that write a name backwards.
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> "<>:\"/\\|?*%$`';&!".indexOf(c) < 0;
        };
    }

    /** Keeps the extension, by which people and programs know what it is. */
    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && octets(name.substring(dot)) <= 20 ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - extension.length());
        while (octets(stem) + octets(extension) > LONGEST) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + extension;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
