package dev.mailroom.it.application;

import dev.mailroom.testing.PrivatePostfix;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The passwords of all container tests: each bears one mark, so that a leak is found wherever it happens. */
public final class Secrets {
    private static final String MARK = "hush-7Kq2vZ9w-hush";
    private static final List<String> TRACES = Stream.of(MARK, PrivatePostfix.PASSWORD).flatMap(secret ->
            Stream.concat(Stream.of(secret), IntStream.range(0, 3).mapToObj(n -> inBase64(n, secret)))).toList();

    private Secrets() {
    }

    /** A password that is different for each owner and never occurs in a log by chance. */
    public static String of(String owner) {
        return MARK + owner;
    }

    /** The lines that hold such a password, or the private Postfix's, plain or somewhere within Base64. */
    public static List<String> leaks(String text) {
        return text.lines().filter(line -> TRACES.stream().anyMatch(line::contains)).toList();
    }

    /** What of the secret is visible in Base64 when that many bytes, modulo 3, stand before it. */
    private static String inBase64(int before, String secret) {
        String encoded = Base64.getEncoder().withoutPadding()
                .encodeToString((" ".repeat(before) + secret).getBytes(StandardCharsets.UTF_8));
        int mixedWithPrefix = before == 0 ? 0 : before + 1;
        int mixedWithSuffix = (before + secret.length()) % 3 == 0 ? 0 : 1;
        return encoded.substring(mixedWithPrefix, encoded.length() - mixedWithSuffix);
    }
}
