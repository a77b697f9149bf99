package dev.mailroom.store;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.Base64;

/** Names of folders as IMAP writes them: modified UTF-7 (RFC 3501, section 5.1.3), as a quoted string. */
final class FolderName {
    private FolderName() {
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
