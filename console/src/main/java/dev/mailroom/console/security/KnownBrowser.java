package dev.mailroom.console.security;

import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A cookie for browsers that had the right password once since the start. It opens nothing: it only says that this
 * browser need not wait because of somebody who guesses passwords from the same address, a proxy's for example.
 */
@Singleton
public class KnownBrowser {
    /** Stands for all such browsers among the addresses that wrong passwords come from. */
    static final String SOURCE = "a browser that had the right one before";

    private static final String NAME = "mailroom-known";

    private final String token;

    /** A token that nobody can guess. */
    public KnownBrowser() {
        byte[] random = new byte[20];
        new SecureRandom().nextBytes(random);
        token = HexFormat.of().formatHex(random);
    }

    /** @param cookies null = none, as the Servlet API has it */
    boolean isKnown(Cookie[] cookies) {
        return cookies != null && Arrays.stream(cookies).anyMatch(cookie -> cookie.getName().equals(NAME)
                && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8),
                        cookie.getValue().getBytes(StandardCharsets.UTF_8)));
    }

    /** The header's value. */
    String cookie(boolean secure) {
        return NAME + "=" + token + "; HttpOnly; SameSite=Strict; Path=/" + (secure ? "; Secure" : "");
    }
}
