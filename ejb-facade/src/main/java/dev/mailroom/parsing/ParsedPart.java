package dev.mailroom.parsing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Supplier;

/** One attachment; decoded when it is asked for. Immutable. */
public final class ParsedPart {
    private final String name;
    private final String contentType;
    private final String identifier;
    private final Supplier<byte[]> content;

    ParsedPart(String name, String contentType, String identifier, Supplier<byte[]> content) {
        this.name = Objects.requireNonNull(name, "name");
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.identifier = Objects.requireNonNull(identifier, "identifier");
        this.content = Objects.requireNonNull(content, "content");
    }

    /** The file name as the sender gave it, without control characters; empty = none. Not safe as a path. */
    public String name() {
        return name;
    }

    /** The MIME type with its parameters, but for the file name. */
    public String contentType() {
        return contentType;
    }

    /** The content id without angle brackets; empty = none. */
    public String identifier() {
        return identifier;
    }

    /** The bytes, decoded anew with each call; never more than the mail had. */
    public byte[] content() {
        return content.get();
    }

    /** The same as a stream. */
    public InputStream open() {
        return new ByteArrayInputStream(content());
    }

    @Override
    public String toString() {
        return "ParsedPart[" + name + " " + contentType + "]";
    }
}
