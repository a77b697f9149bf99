package dev.mailroom.store;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.Base64;

/** Names of folders as IMAP writes them: modified UTF-7 (RFC 3501, section 5.1.3), as a quoted string. */
final class FolderName {
    private FolderName() {
    }

    /** The name that a server wrote; what is no modified UTF-7 stays as it is. */
    static String decoded(String encoded) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < encoded.length();) {
            int end = encoded.charAt(i) == '&' ? encoded.indexOf('-', i) : -1;
            String piece = end < 0 ? null : end == i + 1 ? "&" : base64(encoded.substring(i + 1, end));
            name.append(piece == null ? String.valueOf(encoded.charAt(i)) : piece);
            i = piece == null ? i + 1 : end + 1;
        }
        return name.toString();
    }

    private static String base64(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded.replace(',', '/')), UTF_16BE);
            return text.chars().anyMatch(Character::isISOControl) ? null : text;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String quoted(String name) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < name.length();) {
            char c = name.charAt(i);
            if (c >= ' ' && c <= '~') {
                encoded.append(c == '&' ? "&-" : String.valueOf(c));
                i++;
            } else {
                int end = i;
                while (end < name.length() && (name.charAt(end) < ' ' || name.charAt(end) > '~')) {
                    end++;
                }
                encoded.append('&').append(Base64.getEncoder().withoutPadding()
                        .encodeToString(name.substring(i, end).getBytes(UTF_16BE)).replace('/', ',')).append('-');
                i = end;
            }
        }
        return '"' + encoded.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
