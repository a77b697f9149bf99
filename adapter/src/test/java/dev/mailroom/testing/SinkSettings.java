package dev.mailroom.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link CountingSink} offers. Immutable.
 *
 * @param keywords the EHLO keywords with their parameters, without STARTTLS and AUTH
 * @param auth whether AUTH PLAIN and LOGIN are offered; any credentials do, and none too
 * @param tls how connections are protected
 * @param roundTrip what a round trip takes at least on the way to the clients; zero = nothing. Bytes that arrive sooner
 *         after a reply cannot be an answer to it and count no flight, which matters for streams of mails
 */
public record SinkSettings(List<String> keywords, boolean auth, Tls tls, Duration roundTrip) {
    /** How connections are protected. */
    public enum Tls {
        /** Not at all. */
        NONE,
        /** STARTTLS is offered. */
        STARTTLS,
        /** From the first byte. */
        IMPLICIT
    }

    /** All extensions a fast client can use; plain, no AUTH. */
    public static final SinkSettings ALL = new SinkSettings(
            List.of("PIPELINING", "8BITMIME", "SIZE 104857600", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES", "CHUNKING"),
            false, Tls.NONE, Duration.ZERO);

    /** Copies the list. */
    public SinkSettings {
        keywords = List.copyOf(keywords);
    }

    /** The same without that keyword. */
    public SinkSettings without(String keyword) {
        List<String> others = keywords.stream().filter(line -> !line.split(" ")[0].equals(keyword)).toList();
        return new SinkSettings(others, auth, tls, roundTrip);
    }

    /** The same with AUTH. */
    public SinkSettings withAuth() {
        return new SinkSettings(keywords, true, tls, roundTrip);
    }

    /** The same with that protection, by {@link TestCertificates#good}. */
    public SinkSettings with(Tls protection) {
        return new SinkSettings(keywords, auth, protection, roundTrip);
    }

    /** The same behind a network where a round trip takes that long. */
    public SinkSettings behind(Duration time) {
        return new SinkSettings(keywords, auth, tls, time);
    }

    /** The lines of the EHLO reply, complete. */
    String ehloReply(boolean secure) {
        List<String> lines = new ArrayList<>(List.of("sink.test"));
        lines.addAll(keywords);
        if (tls == Tls.STARTTLS && !secure) {
            lines.add("STARTTLS");
        }
        if (auth) {
            lines.add("AUTH PLAIN LOGIN");
        }
        int last = lines.size() - 1;
        return (last == 0 ? "" : "250-" + String.join("\r\n250-", lines.subList(0, last)) + "\r\n")
                + "250 " + lines.get(last) + "\r\n";
    }

    /** For the command line of another process. */
    List<String> arguments() {
        return List.of(String.join(",", keywords), Boolean.toString(auth), tls.name(), roundTrip.toString());
    }

    static SinkSettings parse(String[] arguments) {
        List<String> keywords = arguments[0].isEmpty() ? List.of() : List.of(arguments[0].split(","));
        return new SinkSettings(keywords, Boolean.parseBoolean(arguments[1]), Tls.valueOf(arguments[2]),
                Duration.parse(arguments[3]));
    }
}
