package dev.mailroom.parsing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Octets as text: in the charset that is declared, unless they cannot be that, else detected. Only what detects itself
 * is believed: a byte order mark, UTF-8 without a fault, the escapes of ISO-2022-JP; all else is windows-1252. Never
 * throws.
 */
final class TextDecoding {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    /** Names that mails use and Java does not, and charsets that are always sent as their supersets. */
    private static final Map<String, String> ALIASES = Map.of(
            "iso-8859-1", "windows-1252", "latin1", "windows-1252", "iso-8859-9", "windows-1254",
            "gb2312", "GB18030", "gbk", "GB18030", "ks_c_5601-1987", "x-windows-949", "euc-kr", "x-windows-949",
            "iso-8859-8-i", "ISO-8859-8", "shift_jis", "windows-31j", "utf8", "UTF-8");

    private TextDecoding() {
    }

    /** Never contains half a surrogate pair; octets that are none of the charset's are U+FFFD. */
    static String decode(byte[] octets, String declared) {
        Optional<Charset> charset = charset(declared);
        if (charset.isPresent() && !charset.get().equals(UTF_8) && !charset.get().equals(US_ASCII)) {
            return withoutHalves(new String(octets, charset.get()));
        }
        return withoutHalves(detected(octets));
    }

    /** US-ASCII and UTF-8 show by themselves whether they are what they say. */
    private static String detected(byte[] octets) {
        if (octets.length >= 2 && (octets[0] & 0xff) + (octets[1] & 0xff) == 0xfe + 0xff
                && (octets[0] == (byte) 0xfe || octets[1] == (byte) 0xfe)) {
            return new String(octets, Charset.forName("UTF-16"));
        }
        if (escapes(octets)) {
            return new String(octets, Charset.forName("ISO-2022-JP"));
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(octets, WESTERN);
        }
    }

    private static boolean escapes(byte[] octets) {
        for (int i = 0; i + 2 < octets.length; i++) {
            if (octets[i] < 0) {
                return false;
            }
            if (octets[i] == 0x1b && octets[i + 1] == '$' && (octets[i + 2] == 'B' || octets[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Charset> charset(String declared) {
        String name = declared.strip().toLowerCase(Locale.ROOT);
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(ALIASES.getOrDefault(name, name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withoutHalves(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                // Rare: a copy whose code points are all whole.
                StringBuilder whole = new StringBuilder(text.length());
                text.codePoints().forEach(one -> whole.appendCodePoint(
                        Character.getType(one) == Character.SURROGATE ? '\ufffd' : one));
                return whole.toString();
            }
        }
        return text;
    }

    /** Each octet a character, to search in. */
    static String octets(byte[] source, int from, int to) {
        return new String(source, from, to - from, ISO_8859_1);
    }
}
