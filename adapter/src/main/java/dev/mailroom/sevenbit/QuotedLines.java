package dev.mailroom.sevenbit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Quoted-printable (RFC 2045, section 6.7) of text whose lines end with CRLF, CR or LF; all end with CRLF then. */
final class QuotedLines {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** 76 characters a line, the last of which is the "=" of a soft line break. */
    private static final int ROOM = 75;

    private final Octets octets;
    private final OutputStream out;
    private int column;

    QuotedLines(Octets octets, OutputStream out) {
        this.octets = octets;
        this.out = out;
    }

    void encode(int from, int to) throws IOException {
        for (int at = from; at < to;) {
            int end = octets.lineEnd(at, to);
            line(at, end);
            at = octets.nextLine(end, to);
            if (at > end) {
                out.write('\r');
                out.write('\n');
                column = 0;
            }
        }
    }

    private void line(int from, int end) throws IOException {
        for (int at = from; at < end; at++) {
            int octet = octets.bytes[at] & 0xff;
            boolean literal = octet > ' ' && octet < 127 && octet != '=' || octet == ' ' && at + 1 < end;
            makeRoom(literal ? 1 : 3);
            if (literal) {
                out.write(octet);
            } else {
                out.write('=');
                out.write(HEX[octet >> 4]);
                out.write(HEX[octet & 15]);
            }
        }
    }

    private void makeRoom(int width) throws IOException {
        if (column + width > ROOM) {
            out.write('=');
            out.write('\r');
            out.write('\n');
            column = 0;
        }
        column += width;
    }
}
