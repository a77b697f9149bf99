package dev.mailroom.facade;

import dev.mailroom.mime.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/** WLanguage's {@code emailAttach}: bytes or a file that travel with a mail. Immutable but for the bytes themselves. */
public final class EmailAttachment {
    private final String name;
    private final String contentType;
    private final String identifier;
    private final Source source;

    private interface Source {
        Content open() throws IOException;
    }

    private EmailAttachment(String name, String contentType, String identifier, Source source) {
        this.name = Objects.requireNonNull(name, "name");
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.identifier = Objects.requireNonNull(identifier, "identifier");
        this.source = source;
    }

    /**
     * Bytes; nothing but null is refused before the mail is composed.
     *
     * @param name the file name the recipient sees, any characters but CR, LF and NUL
     * @param contentType a MIME type; empty = application/octet-stream
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

    private static Source source(byte[] content) {
        Objects.requireNonNull(content, "content");
        return () -> Content.of(content);
    }

    /** A file under its own name, read while the mail is sent and not held in memory; it must not change until then. */
    public static EmailAttachment file(Path file) {
        Path name = file.getFileName();
        return new EmailAttachment(name == null ? "" : name.toString(), "", "", () -> Content.of(file));
    }

    /** The file name the recipient sees. */
    public String name() {
        return name;
    }

    /** The MIME type; empty = application/octet-stream. */
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
        try (var in = open().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes as they are read while sending. */
    Content open() throws IOException {
        return source.open();
    }

    @Override
    public String toString() {
        return "EmailAttachment[" + name + "]";
    }
}
