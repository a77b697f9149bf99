package dev.mailroom.parsing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encoded words (RFC 2047) as text; what is none stays as it is. A character may be cut between two words. */
final class WordDecoding {
    private static final Pattern WORD = Pattern.compile(
            "=\\?([^?\\s]{1,80}+)\\?([bBqQ])\\?([^?]{0,10000}+)\\?=");

    private WordDecoding() {
    }

    /** Where the encoded word ends that begins there; that position itself if none does. */
    static int end(String value, int from) {
        Matcher word = WORD.matcher(value).region(from, value.length());
        return word.lookingAt() ? word.end() : from;
    }

    /** On one line, and without NUL. */
    static String decode(String value) {
        if (value.indexOf("=?") < 0) {
            return oneLine(value);
        }
        StringBuilder text = new StringBuilder(value.length());
        Run run = new Run();
        Matcher word = WORD.matcher(value);
        int end = 0;
        while (word.find(end)) {
            String between = value.substring(end, word.start());
            boolean adjacent = run.open() && between.isBlank();
            if (!adjacent) {
                run.end(text);
                text.append(between);
            }
            run.add(text, word.group(1), word.group(2), word.group(3));
            end = word.end();
        }
        run.end(text);
        return oneLine(text.append(value.substring(end)).toString());
    }

    static String oneLine(String text) {
        boolean clean = true;
        for (int i = 0; clean && i < text.length(); i++) {
            char c = text.charAt(i);
            clean = c != '\r' && c != '\n' && c != '\0';
        }
        return clean ? text : text.replaceAll("[\\r\\n\\x00]", " ");
    }

    /** Words that follow each other in one charset. */
    private static final class Run {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private String charset = "";

        boolean open() {
            return !charset.isEmpty();
        }

        void add(StringBuilder text, String declared, String encoding, String encoded) {
            int language = declared.indexOf('*');
            String name = language > 0 ? declared.substring(0, language) : declared;
            if (!name.equalsIgnoreCase(charset)) {
                end(text);
                charset = name;
            }
            byte[] raw = encoded.getBytes(ISO_8859_1);
            if (encoding.equalsIgnoreCase("b")) {
                octets.writeBytes(TransferDecoding.base64(raw, 0, raw.length));
            } else {
                quoted(raw);
            }
        }

        private void quoted(byte[] raw) {
            for (int i = 0; i < raw.length; i++) {
                if (raw[i] == '=' && i + 2 < raw.length && TransferDecoding.hex(raw[i + 1]) >= 0
                        && TransferDecoding.hex(raw[i + 2]) >= 0) {
                    octets.write(TransferDecoding.hex(raw[i + 1]) << 4 | TransferDecoding.hex(raw[i + 2]));
                    i += 2;
                } else {
                    octets.write(raw[i] == '_' ? ' ' : raw[i]);
                }
            }
        }

        void end(StringBuilder text) {
            if (open()) {
                text.append(TextDecoding.decode(octets.toByteArray(), charset));
                octets.reset();
                charset = "";
            }
        }
    }
}
