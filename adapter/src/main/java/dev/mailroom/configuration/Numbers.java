package dev.mailroom.configuration;

import java.util.Locale;
import java.util.regex.Pattern;

/** Whole numbers and sizes as administrators write them. */
final class Numbers {
    private static final Pattern OCTETS = Pattern.compile("(\\d{1,15})(KiB|MiB|GiB|)", Pattern.CASE_INSENSITIVE);

    private Numbers() {
    }

    static long within(long number, long least, long most) {
        if (number < least || number > most) {
            throw expected(least, most);
        }
        return number;
    }

    static IllegalArgumentException expected(long least, long most) {
        return new IllegalArgumentException("expected a whole number from " + least + " to " + most);
    }

    static long octets(String text, long least, long most) {
        var matcher = OCTETS.matcher(text);
        if (!matcher.matches()) {
            throw unexpectedSize(least, most);
        }
        long unit = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "kib" -> 1L << 10;
            case "mib" -> 1L << 20;
            case "gib" -> 1L << 30;
            default -> 1;
        };
        long number = Long.parseLong(matcher.group(1));
        if (number > most / unit || number * unit < least) {
            throw unexpectedSize(least, most);
        }
        return number * unit;
    }

    private static IllegalArgumentException unexpectedSize(long least, long most) {
        return new IllegalArgumentException("expected a size from " + octets(least) + " to " + octets(most)
                + " octets, written like 1048576, 512KiB, 10MiB or 2GiB");
    }

    static String octets(long number) {
        if (number > 0 && number % (1L << 30) == 0) {
            return (number >> 30) + "GiB";
        }
        if (number > 0 && number % (1L << 20) == 0) {
            return (number >> 20) + "MiB";
        }
        return number > 0 && number % (1L << 10) == 0 ? (number >> 10) + "KiB" : String.valueOf(number);
    }
}
