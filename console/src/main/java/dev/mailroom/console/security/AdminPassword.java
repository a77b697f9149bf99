package dev.mailroom.console.security;

import dev.mailroom.Secret;
import dev.mailroom.console.ConsoleSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The password of the console's user: the administrator's, or a random one that is shown at the start. */
@Singleton
public class AdminPassword {
    /** No letters or digits that look alike; 32 of them, so a character is 5 bits. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 5;
    private static final int GROUP_LENGTH = 4;

    private final byte[] digest;
    private final Optional<String> random;

    /** The configured password, else a random one. */
    @Inject
    public AdminPassword(ConsoleSettings settings) {
        this(settings.password(), new SecureRandom());
    }

    AdminPassword(Secret configured, RandomGenerator source) {
        random = configured.kind() == Secret.Kind.NONE ? Optional.of(readable(source)) : Optional.empty();
        digest = digest(random.orElseGet(configured::value));
    }

    private static String readable(RandomGenerator source) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            if (i > 0 && i % GROUP_LENGTH == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Compares in a time that depends only on the length of what was given. */
    public boolean matches(String given) {
        return MessageDigest.isEqual(digest, digest(given));
    }

    /** The password to show, if nobody configured one. */
    public Optional<String> random() {
        return random;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "AdminPassword[***]";
    }
}
