package dev.mailroom.mime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Content types of files that come without one: by the end of the name, which the JDK has a list of, else by the first
 * octets. Files of this machine that map types are not read.
 */
final class FileTypes {
    static final String UNKNOWN = "application/octet-stream";

    // Not in the JDK's list.
    private static final Map<String, String> MORE_NAMES = Map.of("ics", "text/calendar", "vcf", "text/vcard");
    // Types that the JDK does not recognize.
    private static final Map<String, String> MORE_BEGINNINGS = Map.of("%PDF-", "application/pdf",
            "PK\3\4", "application/zip", "\u001f\u008b", "application/gzip");
    private static final int BEGINNING = 64;

    private FileTypes() {
    }

    /** The likeliest type; a type whose parts a reader would take apart (multipart, message) is never guessed. */
    static String guess(String name, ContentSource content) {
        String byName = byName(name);
        String type = byName.isEmpty() ? byContent(content) : byName;
        return type.startsWith("multipart/") || type.startsWith("message/") ? UNKNOWN : type;
    }

    private static String byName(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (end.length() == name.length() || !end.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
            return "";
        }
        String type = MORE_NAMES.getOrDefault(end, URLConnection.guessContentTypeFromName("x." + end));
        return type == null ? "" : type;
    }

    private static String byContent(ContentSource content) {
        try (InputStream in = new BufferedInputStream(content.open(), BEGINNING)) {
            in.mark(BEGINNING);
            String beginning = new String(in.readNBytes(BEGINNING / 2), StandardCharsets.ISO_8859_1);
            in.reset();
            for (Map.Entry<String, String> known : MORE_BEGINNINGS.entrySet()) {
                if (beginning.startsWith(known.getKey())) {
                    return known.getValue();
                }
            }
            String type = URLConnection.guessContentTypeFromStream(in);
            return type != null && type.startsWith("image/") ? type : UNKNOWN;
        } catch (IOException e) {
            // The code that reads the whole content finds the same error and reports it.
            return UNKNOWN;
        }
    }
}
