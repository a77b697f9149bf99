package dev.mailroom.facade;

import dev.mailroom.mime.ContentSource;
import dev.mailroom.parsing.ParsedPart;
import dev.mailroom.reading.AttachmentFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** WLanguage's {@code emailAttach}: bytes or a file that travel with a mail. Immutable but for the bytes themselves. */
public final class EmailAttachment {
    private final String name;
    private final String contentType;
    private final String identifier;
    private final AttachedContent source;

    private interface AttachedContent {
        ContentSource open() throws IOException;
    }

    private EmailAttachment(String name, String contentType, String identifier, AttachedContent source) {
        this.name = orEmpty(name);
        this.contentType = orEmpty(contentType);
        this.identifier = orEmpty(identifier);
        this.source = source;
    }

    /**
     * Bytes; nothing is refused before the mail is composed. Null instead of a text is an empty one.
     *
     * @param name the file name the recipient sees, any characters but CR, LF and NUL
     * @param contentType a MIME type; empty = guessed from the name and the first bytes. {@code message/rfc822} is a
     *     mail within the mail; {@code text/calendar; method=REQUEST} (or another method) is an invitation, which mail
     *     programs show as such, and no file
     * @param content the bytes; not copied, not to be changed until the mail is sent
     * @param identifier the content id for images in HTML ({@code cid:…}); empty = an ordinary attachment
     */
    public EmailAttachment(String name, String contentType, byte[] content, String identifier) {
        this(name, contentType, identifier, source(content));
    }

    /** An ordinary attachment. */
    public EmailAttachment(String name, String contentType, byte[] content) {
        this(name, contentType, content, "");
    }

    private static AttachedContent source(byte[] content) {
        return () -> {
            if (content == null) {
                throw new IOException("its content is null");
            }
            return ContentSource.of(content);
        };
    }

    /** A file under its own name, read while the mail is sent and not held in memory; it must not change until then. */
    public static EmailAttachment file(Path file) {
        return file(file, "", "", "");
    }

    /**
     * A file, read while the mail is sent and not held in memory; it must not change until then.
     *
     * @param name the file name the recipient sees; empty = the file's own
     * @param contentType as in {@link #EmailAttachment(String, String, byte[], String)}
     * @param identifier the content id for images in HTML; empty = an ordinary attachment
     */
    public static EmailAttachment file(Path file, String name, String contentType, String identifier) {
        String own = file == null || file.getFileName() == null ? "" : file.getFileName().toString();
        return new EmailAttachment(orEmpty(name).isEmpty() ? own : name, contentType, identifier, () -> {
            if (file == null) {
                throw new IOException("its path is null");
            }
            return ContentSource.of(file);
        });
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    /** The file name the recipient sees. */
    public String name() {
        return name;
    }

    /** The MIME type; empty = guessed. */
    public String contentType() {
        return contentType;
    }

    /** The content id; empty = an ordinary attachment. */
    public String identifier() {
        return identifier;
    }

    /**
     * The bytes; a file is read whole.
     *
     * @throws UncheckedIOException when the file cannot be read
     */
    public byte[] content() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The bytes as a stream, to be closed by the caller.
     *
     * @throws IOException when there is no content, or the file cannot be read
     */
    public InputStream open() throws IOException {
        return source().open();
    }

    /**
     * Saves the bytes in a directory that is there, under the name, so far as that is safe: no part of a path, no
     * device, no characters with a meaning. No file that is there is touched: where one has the name already, a number
     * is added. A mail within the mail ends with {@code .eml}.
     *
     * @return the file that was written
     * @throws IOException if the directory cannot be written, or the content not be read
     */
    public Path saveTo(Path directory) throws IOException {
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NotDirectoryException("the attachment " + name + " cannot be saved: " + directory
                    + " is not a directory; pass one that is there");
        }
        boolean mail = contentType.toLowerCase(Locale.ROOT).startsWith("message/rfc822");
        String wish = mail && !name.isEmpty() && !name.toLowerCase(Locale.ROOT).endsWith(".eml") ? name + ".eml" : name;
        try (InputStream in = open()) {
            return AttachmentFiles.save(directory, wish, mail ? "message.eml" : "attachment", in);
        }
    }

    /** What a mail had; decoded when it is read. */
    static EmailAttachment received(ParsedPart part) {
        return new EmailAttachment(part.name(), part.contentType(), part.identifier(),
                () -> ContentSource.of(part.content()));
    }

    /** The bytes as they are read while sending. */
    ContentSource source() throws IOException {
        return source.open();
    }

    @Override
    public String toString() {
        return "EmailAttachment[" + name + "]";
    }
}
