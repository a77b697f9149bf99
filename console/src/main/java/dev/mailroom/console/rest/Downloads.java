package dev.mailroom.console.rest;

import dev.mailroom.reading.AttachmentFiles;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers with a file of a stranger: saved, never shown (RFC 6266). Its name is no part of a path, and a browser runs
 * nothing of it, since its type is not the one that the stranger gave.
 */
final class Downloads {
    /** RFC 8187's attr-char. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Downloads() {
    }

    /**
     * The answer.
     *
     * @param wish the name that the mail gives; may be anything
     * @param size octets that the stream has
     */
    static Response answer(String type, String wish, long size, InputStream content) {
        return Response.ok(content).type(type)
                .header(HttpHeaders.CONTENT_LENGTH, size)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(wish))
                .build();
    }

    static String disposition(String wish) {
        String name = AttachmentFiles.safeName(wish, "attachment");
        StringBuilder plain = new StringBuilder();
        name.codePoints().forEach(c -> plain.appendCodePoint(c < 0x80 ? c : '_'));
        String quoted = "attachment; filename=\"" + plain + '"';
        return plain.toString().equals(name) ? quoted : quoted + "; filename*=UTF-8''" + encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return encoded.toString();
    }
}
