package dev.mailroom.staging;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom the mails of a test system may reach.
 *
 * @param redirectTo who gets what is not allowed to go elsewhere; empty = nobody: it is refused
 * @param allowed patterns of recipients who get their mails, in which a star stands for any characters; empty = nobody,
 *     or, where there is no redirection either, everybody
 */
public record StagingSettings(String redirectTo, List<String> allowed) {
    /** Everybody gets their mails. */
    public static final StagingSettings NONE = new StagingSettings("", List.of());

    /** Copies the patterns. */
    public StagingSettings {
        allowed = List.copyOf(allowed);
    }

    /** Whether anything is changed. */
    public boolean active() {
        return !redirectTo.isEmpty() || !allowed.isEmpty();
    }

    /** Whether a recipient gets the mail itself. */
    boolean allows(String recipient) {
        String lower = recipient.toLowerCase(Locale.ROOT);
        return allowed.stream().anyMatch(pattern -> expression(pattern).matcher(lower).matches());
    }

    private static Pattern expression(String pattern) {
        return Pattern.compile(Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q"),
                Pattern.DOTALL);
    }

    /** For the log. */
    public String words() {
        String who = allowed.isEmpty() ? "" : "only recipients like " + String.join(", ", allowed)
                + " get their mails (mailroom.allowed-recipients)";
        String rest = redirectTo.isEmpty() ? ", all others are refused"
                : (who.isEmpty() ? "all mails go to " : ", those of all others go to ") + redirectTo
                + " (mailroom.redirect-all-to)";
        return who + rest;
    }
}
