package dev.mailroom;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A rendered mail: RFC 5322 header and body as bytes, not yet dot-stuffed. It can be written any number of times and
 * yields the same bytes each time. Line ends that are not CRLF leave as CRLF: the wire guarantees it.
 */
public interface MailData {
    /** Octets that {@link #writeTo} writes; what SIZE (RFC 1870) is checked against. */
    long size();

    /**
     * Whether an octet above 127 occurs. It travels unchanged where 8BITMIME (RFC 6152) is offered; to other servers
     * goes the same mail with the parts concerned as quoted-printable or base64, and what must not be altered (a signed
     * mail, 8-bit characters in a header) is not sent.
     */
    boolean eightBit();

    /**
     * Writes all octets. May read a file; blocks no longer than that and the stream do.
     *
     * @throws IOException from the stream, or when the source cannot be read
     */
    void writeTo(OutputStream out) throws IOException;

    /** Wraps an array, which must not change afterwards. */
    static MailData of(byte[] bytes) {
        boolean high = false;
        for (byte b : bytes) {
            high |= b < 0;
        }
        boolean eightBit = high;
        return new MailData() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public boolean eightBit() {
                return eightBit;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}
