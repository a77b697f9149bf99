package dev.mailroom.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The secrets of a request in every form in which it carries them, so that none shows in what is repeated of it. */
final class SecretForms {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");
    private static final String MASK = "***";

    /** The longest first: one may hold another. */
    private final List<String> forms;

    private SecretForms(Collection<String> forms) {
        this.forms = forms.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    }

    /** An empty secret is none. */
    static SecretForms of(String clientId, String clientSecret, String refreshToken) {
        Set<String> forms = new LinkedHashSet<>();
        add(forms, clientSecret);
        add(forms, refreshToken);
        if (!clientSecret.isEmpty()) {
            forms.add(base64(encoded(clientId) + ":" + encoded(clientSecret)));
            forms.add(base64(clientId + ":" + clientSecret));
        }
        return new SecretForms(forms);
    }

    private static void add(Set<String> forms, String secret) {
        if (!secret.isEmpty()) {
            String encoded = encoded(secret);
            for (String one : List.of(encoded, encoded.replace("+", "%20"))) {
                forms.add(one);
                forms.add(ESCAPE.matcher(one).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT)));
            }
            forms.add(base64(secret));
            forms.add(base64(encoded));
            forms.add(secret);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** Whoever repeats it may leave out the padding. */
    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** The text without them. */
    String masked(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, MASK);
        }
        return masked;
    }

    /** The exception itself if neither it nor a cause of it shows one; otherwise one in its place, without causes. */
    IOException masked(IOException thrown) {
        StringBuilder messages = new StringBuilder();
        int depth = 0;
        for (Throwable one = thrown; one != null && depth < 20; one = one.getCause(), depth++) {
            messages.append(one.getMessage()).append('\n');
        }
        if (masked(messages.toString()).contentEquals(messages)) {
            return thrown;
        }
        IOException instead = new IOException(thrown.getClass().getName() + ": "
                + masked(String.valueOf(thrown.getMessage())));
        instead.setStackTrace(thrown.getStackTrace());
        return instead;
    }
}
