package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Secret;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * Puts three asterisks where a server's words repeat the session's secret: as it is, or in Base64 as AUTH sends it. A
 * secret of eight characters or more is masked wherever it stands. A shorter one only as a word of its own: starring it
 * out of other words would make them unreadable, and would tell what it is.
 */
final class SecretMask implements UnaryOperator<String> {
    static final String STARS = "***";
    private static final int LONG = 8;

    private final String secret;

    SecretMask(Secret secret) {
        this.secret = secret.value();
    }

    /** The same string where there is nothing to mask, which costs no memory. */
    @Override
    public String apply(String text) {
        return secret.isEmpty() ? text : withoutEncoded(withoutPlain(text));
    }

    private String withoutPlain(String text) {
        String masked = text;
        for (int at = masked.indexOf(secret); at >= 0;) {
            int end = at + secret.length();
            if (secret.length() >= LONG || apart(masked, at) && apart(masked, end)) {
                masked = masked.substring(0, at) + STARS + masked.substring(end);
                end = at + STARS.length();
            } else {
                end = at + 1;
            }
            at = masked.indexOf(secret, end);
        }
        return masked;
    }

    /** Whether what is before that position and what is behind it are not parts of one word. */
    private static boolean apart(String text, int at) {
        return at == 0 || at == text.length()
                || !Character.isLetterOrDigit(text.charAt(at - 1)) || !Character.isLetterOrDigit(text.charAt(at));
    }

    private String withoutEncoded(String text) {
        String masked = text;
        int shortest = (secret.length() + 2) / 3 * 4;
        int start = 0;
        for (int i = 0; i <= masked.length(); i++) {
            if (i < masked.length() && isBase64(masked.charAt(i))) {
                continue;
            }
            if (i - start >= shortest && tells(masked.substring(start, i))) {
                masked = masked.substring(0, start) + STARS + masked.substring(i);
                i = start + STARS.length();
            }
            start = i + 1;
        }
        return masked;
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=';
    }

    /** LOGIN sends the secret alone, PLAIN behind a NUL (RFC 4616), the token mechanisms as a bearer (RFC 7628). */
    private boolean tells(String word) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(word), UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return decoded.equals(secret) || decoded.endsWith("\0" + secret)
                || decoded.contains("auth=Bearer " + secret + "\1");
    }
}
