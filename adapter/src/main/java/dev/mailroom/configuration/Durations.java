package dev.mailroom.configuration;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times as administrators write them. */
final class Durations {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private Durations() {
    }

    static Duration parse(String text, Duration least, Duration most) {
        Duration time;
        try {
            time = parse(text.toLowerCase(Locale.ROOT));
        } catch (DateTimeParseException unreadable) {
            throw expected(least, most);
        }
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw expected(least, most);
        }
        return time;
    }

    private static Duration parse(String text) {
        var matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            // Zero is the same in every unit.
            return text.equals("0") ? Duration.ZERO : Duration.parse(text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static IllegalArgumentException expected(Duration least, Duration most) {
        return new IllegalArgumentException("expected a duration from " + print(least) + " to " + print(most)
                + ", written like 500ms, 30s, 10m, 2h, 7d or PT1M30S");
    }

    static String print(Duration time) {
        if (time.isZero()) {
            return "0";
        }
        long millis = time.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
