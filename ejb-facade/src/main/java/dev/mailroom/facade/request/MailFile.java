package dev.mailroom.facade.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailroom.MailData;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.parsing.ReceivedHeader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A mail that is a file already (RFC 5322): it travels as it is, but for Bcc, which no recipient may see. Its header is
 * in memory, its body is read while it is sent; the file must not change until then.
 */
public final class MailFile implements MailData {
    private static final int LONGEST_HEADER = 1 << 20;

    private final Path file;
    private final byte[] header;
    private final ReceivedHeader fields;
    private final long bodyFrom;
    private final long length;
    private final boolean eightBitBody;

    private MailFile(Path file, byte[] whole, long bodyFrom, long length, boolean eightBitBody) {
        this.file = file;
        this.fields = MailParser.header(whole);
        this.header = withoutBcc(whole);
        this.bodyFrom = bodyFrom;
        this.length = length;
        this.eightBitBody = eightBitBody;
    }

    /**
     * Reads the header, and the rest once through.
     *
     * @throws IOException if the file cannot be read, or is no mail: it says so
     */
    public static MailFile of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            byte[] header = header(in);
            if (!startsWithField(header)) {
                throw new IOException("its first line is no header field, as in \"From: jack@example.org\"");
            }
            long length = header.length;
            boolean eightBit = false;
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                length += count;
                for (int i = 0; i < count && !eightBit; i++) {
                    eightBit = buffer[i] < 0;
                }
            }
            return new MailFile(file, header, header.length, length, eightBit);
        }
    }

    /** Up to the first empty line, with it. */
    private static byte[] header(InputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        boolean empty = true;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            header.write(octet);
            if (octet == '\n' && empty) {
                break;
            }
            empty = octet == '\n' || empty && octet == '\r';
            if (header.size() > LONGEST_HEADER) {
                throw new IOException("its header has more than " + LONGEST_HEADER + " octets");
            }
        }
        return header.toByteArray();
    }

    private static boolean startsWithField(byte[] header) {
        for (int i = 0; i < header.length; i++) {
            if (header[i] == ':') {
                return i > 0;
            }
            if (header[i] <= ' ' || header[i] == 127) {
                return false;
            }
        }
        return false;
    }

    /** Line for line, so that nothing else changes. */
    private static byte[] withoutBcc(byte[] header) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(header.length);
        boolean hidden = false;
        for (int from = 0; from < header.length;) {
            int to = from;
            while (to < header.length && header[to] != '\n') {
                to++;
            }
            to = Math.min(to + 1, header.length);
            if (header[from] != ' ' && header[from] != '\t') {
                hidden = isBcc(new String(header, from, Math.min(20, to - from),
                        ISO_8859_1));
            }
            if (!hidden) {
                kept.write(header, from, to - from);
            }
            from = to;
        }
        return kept.toByteArray();
    }

    private static boolean isBcc(String line) {
        return line.toLowerCase(Locale.ROOT).matches("(?s)(resent-)?bcc[ \\t]*:.*");
    }

    /** Its header, Bcc included. */
    public ReceivedHeader fields() {
        return fields;
    }

    /** Whether the header that travels has octets beyond ASCII. */
    public boolean utf8Header() {
        for (byte octet : header) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long size() {
        return length - bodyFrom + header.length;
    }

    @Override
    public boolean eightBit() {
        return eightBitBody || utf8Header();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (Files.size(file) != length) {
            throw new IOException("the file " + file + " has changed since it was read");
        }
        out.write(header);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(bodyFrom);
            in.transferTo(out);
        }
    }
}
