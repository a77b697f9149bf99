package dev.mailroom;

import java.time.Duration;

/**
 * How long the wire may take. Every wait is finite; name resolution comes on top, it cannot be interrupted.
 *
 * @param connect longest time for the TCP connection; above zero
 * @param reply longest silence of the server while a reply is awaited; above zero
 * @param write longest time one write may be stuck because the server reads nothing; above zero
 * @param send deadline of a whole send, the wait for a connection and its handshake included; ZERO = off
 */
public record TimeoutSettings(Duration connect, Duration reply, Duration write, Duration send) {
    // Before DEFAULTS, whose construction needs it. What a socket takes as a timeout: an int of milliseconds.
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    /** Ten minutes of silence (RFC 5321, section 4.5.3.2 allows as much after the final dot). */
    public static final TimeoutSettings DEFAULTS = new TimeoutSettings(
            Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(20));

    /** Checks every value. */
    public TimeoutSettings {
        positive("connect", connect);
        positive("reply", reply);
        positive("write", write);
        if (send.isNegative() || send.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the send deadline must be between 0 (off) and " + LONGEST + ", was " + send);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the " + name + " timeout must be between 1 ms and " + LONGEST + ", was " + value);
        }
    }

    /** These settings with another reply timeout; connecting and writing may not take longer than it either. */
    public TimeoutSettings withReply(Duration silence) {
        return new TimeoutSettings(shorter(connect, silence), silence, shorter(write, silence), send);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
