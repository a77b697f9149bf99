package dev.mailroom.mime;

import java.io.IOException;
import java.io.OutputStream;

/** A content as it stands in a mail; stays where it is until the mail is written. */
interface EncodedContent {
    /** Octets that {@link #writeTo} writes. */
    long size();

    /** The content transfer encoding. */
    String encoding();

    /**
     * Writes all of it.
     *
     * @throws IOException from either side, or when the content is not what it was
     */
    void writeTo(OutputStream out) throws IOException;

    /** Any octets, as base64. */
    static EncodedContent base64(ContentSource content) {
        return new EncodedContent() {
            @Override
            public long size() {
                return Base64Lines.encodedSize(content.size());
            }

            @Override
            public String encoding() {
                return "base64";
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                Base64Lines.encode(content, out);
            }
        };
    }
}
