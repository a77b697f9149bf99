package dev.mailroom.cdi;

import dev.mailroom.DialogueSettings;
import dev.mailroom.ProxySettings;
import dev.mailroom.configuration.ConfigurationType;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The adapter's own bounds and notations. */
final class Types {
    /** A socket's timeout is an int of milliseconds: less than 25 days. */
    private static final Duration LONGEST_ON_WIRE = Duration.ofDays(24);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** A name or IPv4 address, or an IPv6 address as it is written without a port. */
    private static final Pattern HOST = Pattern.compile(
            "[^\\s/@:*\\[\\]]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^\\s/@:\\[\\]]+|\\[[0-9a-fA-F:.%*]+]):([0-9*]+)");

    private static final Pattern ADDRESS_SHAPE = Pattern.compile("[^\\p{Cntrl}\\s<>,;@]+@[^\\p{Cntrl}\\s<>,;@]+");
    private static final Pattern MAILBOX_SHAPE =
            Pattern.compile("[^\\p{Cntrl}<>]*<" + ADDRESS_SHAPE + ">|" + ADDRESS_SHAPE);

    static final ConfigurationType<Duration> TIME = ConfigurationType.duration(Duration.ZERO, LONGEST);
    static final ConfigurationType<Duration> POSITIVE_TIME = ConfigurationType.duration(SHORTEST, LONGEST);
    static final ConfigurationType<Duration> WIRE_TIME = ConfigurationType.duration(SHORTEST, LONGEST_ON_WIRE);
    static final ConfigurationType<Duration> WIRE_TIME_OR_OFF =
            ConfigurationType.duration(Duration.ZERO, LONGEST_ON_WIRE);
    static final ConfigurationType<Integer> CONNECTIONS = ConfigurationType.number(1, 1_000_000);
    static final ConfigurationType<Integer> COUNT = ConfigurationType.number(0, Integer.MAX_VALUE);
    static final ConfigurationType<Integer> PORT = ConfigurationType.number(1, 65_535);
    static final ConfigurationType<String> HOST_NAME = ConfigurationType.of("host", Types::host, Function.identity());
    static final ConfigurationType<String> EHLO_NAME = ConfigurationType.of("host", Types::ehloName,
            Function.identity());
    static final ConfigurationType<ProxySettings> PROXY =
            ConfigurationType.of("URI", ProxySettings::parse, ProxySettings::toString);
    static final ConfigurationType<String> MAILBOX =
            ConfigurationType.of("mailbox", Types::mailbox, Function.identity());
    static final ConfigurationType<String> ENVELOPE_SENDER = ConfigurationType.of("address",
            text -> text.equals("<>") ? text : address(text), Function.identity());
    static final ConfigurationType<String> RECIPIENT = ConfigurationType.of("address", Types::recipient,
            Function.identity());
    static final ConfigurationType<List<String>> HOST_PATTERNS =
            ConfigurationType.list("patterns", Types::hostPattern);

    private Types() {
    }

    /** Its every character is checked when it is used. */
    private static String mailbox(String text) {
        if (!MAILBOX_SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a mailbox such as Billing <billing@example.org> or "
                    + "billing@example.org");
        }
        return text;
    }

    private static String address(String text) {
        if (!ADDRESS_SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected an address such as bounces@example.org, or "
                    + "bounces+{id}@example.org");
        }
        return text;
    }

    private static String recipient(String text) {
        if (!ADDRESS_SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected an address such as test@example.org");
        }
        return text;
    }

    /** A pattern without an at sign would be one that nobody meant: {@code *} allows everybody. */
    static String recipientPattern(String text) {
        if (!ADDRESS_SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected addresses separated by commas, in which a star stands for any"
                    + " characters, such as *@example.org");
        }
        return text;
    }

    private static String ehloName(String text) {
        try {
            return new DialogueSettings(true, true, true, text).ehloName();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a host name such as mail.example.org, or an address in "
                    + "brackets", e);
        }
    }

    private static String host(String text) {
        if (!HOST.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a DNS name or an IP address and nothing else (the port is a key of its own)");
        }
        return text;
    }

    private static String hostPattern(String text) {
        var withPort = HOST_AND_PORT.matcher(text);
        boolean portFits = withPort.matches() && (withPort.group(2).contains("*") || port(withPort.group(2)));
        // For this check a star is replaced by a letter that is also a hexadecimal digit.
        if (!portFits && !HOST.matcher(text.replace('*', 'a')).matches()) {
            throw new IllegalArgumentException("expected patterns host or host:port separated by commas, "
                    + "such as *.example.org or mail.example.org:587, with ports from 1 to 65535");
        }
        return text;
    }

    private static boolean port(String digits) {
        return digits.length() <= 5 && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65_535;
    }
}
