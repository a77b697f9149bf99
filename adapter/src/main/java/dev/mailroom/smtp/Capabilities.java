package dev.mailroom.smtp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the server offered in its reply to EHLO (RFC 5321, section 4.1.1.1). Keywords that make no sense are ignored.
 * Immutable.
 */
public final class Capabilities {
    /** Nothing: the server knows only HELO. */
    public static final Capabilities NONE = new Capabilities(List.of());

    private final Map<String, String> parameters = new HashMap<>();
    private final Set<String> mechanisms = new HashSet<>();
    private final long sizeLimit;

    private Capabilities(List<String> lines) {
        for (String line : lines) {
            take(line.strip());
        }
        sizeLimit = number(parameters.getOrDefault("SIZE", ""));
    }

    /** Takes the text of the reply to EHLO, codes removed: the greeting on the first line, then a keyword on each. */
    public static Capabilities of(String text) {
        List<String> all = text.lines().toList();
        return all.size() < 2 ? NONE : new Capabilities(all.subList(1, all.size()));
    }

    private void take(String line) {
        int space = line.indexOf(' ');
        String keyword = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        if (keyword.startsWith("AUTH=")) {
            // Written so by servers older than RFC 2554, and still, next to AUTH.
            rest = keyword.substring("AUTH=".length()) + " " + rest;
            keyword = "AUTH";
        }
        if (keyword.equals("AUTH")) {
            mechanisms.addAll(List.of(rest.toUpperCase(Locale.ROOT).strip().split("\\s+")));
            mechanisms.remove("");
        }
        if (!keyword.isEmpty()) {
            parameters.putIfAbsent(keyword, rest);
        }
    }

    private static long number(String digits) {
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    /** Whether the keyword, given in capitals, is offered. */
    public boolean offers(String keyword) {
        return parameters.containsKey(keyword);
    }

    /** The parameters of a keyword given in capitals; empty if it has none or is not offered. */
    public String parameter(String keyword) {
        return parameters.getOrDefault(keyword, "");
    }

    /** Whether the SASL mechanism, given in capitals, is offered. */
    public boolean offersMechanism(String mechanism) {
        return mechanisms.contains(mechanism);
    }

    /** The SASL mechanisms in capitals. */
    public Set<String> mechanisms() {
        return Set.copyOf(mechanisms);
    }

    /** The largest mail the server takes (RFC 1870), in octets; 0 = it does not say. */
    public long sizeLimit() {
        return sizeLimit;
    }
}
