package dev.mailroom.mime;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A mail within a mail (message/rfc822): written as it is, since its type allows no encoding (RFC 2046, section 5.2.1),
 * with CRLF behind each line. Read once when the mail is composed, to learn whether and how it can travel.
 */
final class EnclosedMessage implements EncodedContent {
    private final ContentSource content;
    private final long size;
    private final boolean eightBit;

    private EnclosedMessage(ContentSource content, Scan scan) {
        this.content = content;
        this.size = scan.size;
        this.eightBit = scan.eightBit;
    }

    /**
     * Looks through a mail.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it has NUL or lines that no mail may have, and says so
     */
    static EnclosedMessage of(ContentSource content) throws IOException {
        Scan scan = new Scan();
        copy(content, scan);
        if (scan.nul || scan.longest > Folding.LONGEST_LINE) {
            throw new IllegalArgumentException("is no mail that can travel within another: it has "
                    + (scan.nul ? "a NUL" : "a line of " + scan.longest + " octets") + "; attach it as "
                    + FileTypes.UNKNOWN);
        }
        return new EnclosedMessage(content, scan);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String encoding() {
        return eightBit ? "8bit" : "7bit";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        var buffered = new BufferedOutputStream(out);
        var scan = new Scan();
        copy(content, new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                scan.write(octet);
                if (scan.size > size) {
                    throw new IOException("an attached mail is longer than it was");
                }
                buffered.write(octet);
            }
        });
        buffered.flush();
        if (scan.size < size) {
            throw new IOException("an attached mail is " + (size - scan.size) + " bytes shorter than it was");
        }
    }

    private static void copy(ContentSource content, OutputStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(content.open())) {
            boolean afterReturn = false;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\r' || c == '\n' && !afterReturn) {
                    out.write('\r');
                    out.write('\n');
                } else if (c != '\n') {
                    out.write(c);
                }
                afterReturn = c == '\r';
            }
        }
    }

    private static final class Scan extends OutputStream {
        private long size;
        private long lineStart;
        private long longest;
        private boolean eightBit;
        private boolean nul;

        @Override
        public void write(int octet) {
            size++;
            nul |= octet == 0;
            eightBit |= octet > 127;
            if (octet == '\n') {
                lineStart = size;
            } else if (octet != '\r') {
                longest = Math.max(longest, size - lineStart);
            }
        }
    }
}
