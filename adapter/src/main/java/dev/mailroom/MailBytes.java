package dev.mailroom;

import java.io.IOException;
import java.io.OutputStream;

/** A mail in one array. */
final class MailBytes implements MailData {
    private final byte[] bytes;
    private final boolean eightBit;

    MailBytes(byte[] bytes) {
        this.bytes = bytes;
        boolean high = false;
        for (byte b : bytes) {
            high |= b < 0;
        }
        this.eightBit = high;
    }

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
}
