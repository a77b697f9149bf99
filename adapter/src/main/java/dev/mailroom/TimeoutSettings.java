package dev.mailroom;

import java.time.Duration;

/**
 * How long the wire may take. Every wait is finite; name resolution comes on top, it cannot be interrupted.
 *
 * @param connect longest time for the TCP connection; above zero
 * @param greeting longest time from there to the end of the whole greeting, TLS from the first byte included; above
 *     zero
 * @param reply longest silence of the server while a reply is awaited; above zero
 * @param finalReply what the server has at least once it was given a whole content, whatever {@code reply} and {@code
 *     write} say: giving up then leaves the mail in doubt, and sending it again makes copies; above zero
 * @param write longest time one write may be stuck because the server reads nothing; above zero
 * @param send deadline of a whole send, the wait for a connection and its handshake included; ZERO = off
 */
public record TimeoutSettings(
        Duration connect, Duration greeting, Duration reply, Duration finalReply, Duration write, Duration send) {
    // Declared before DEFAULTS, whose construction needs it. A socket's timeout is an int of milliseconds.
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    /** The default. RFC 5321, section 4.5.3.2.1 allows more, but no user waits that long. */
    private static final Duration GREETING = Duration.ofSeconds(60);

    /** RFC 5321, section 4.5.3.2.6. */
    private static final Duration FINAL_REPLY = Duration.ofMinutes(10);

    /** Ten minutes of silence, after a content and elsewhere. */
    public static final TimeoutSettings DEFAULTS = new TimeoutSettings(Duration.ofSeconds(30), GREETING,
            Duration.ofMinutes(10), FINAL_REPLY, Duration.ofMinutes(5), Duration.ofMinutes(20));

    /** Checks every value. */
    public TimeoutSettings {
        positive("connect", connect);
        positive("greeting", greeting);
        positive("reply", reply);
        positive("final reply", finalReply);
        positive("write", write);
        if (send.isNegative() || send.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the send deadline must be between 0 (off) and " + LONGEST + ", was " + send);
        }
    }

    /** The same with the defaults for the final reply and for the greeting, which the reply timeout bounds too. */
    public TimeoutSettings(Duration connect, Duration reply, Duration write, Duration send) {
        this(connect, shorter(GREETING, reply), reply, FINAL_REPLY, write, send);
    }

    private static void positive(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the " + name + " timeout must be between 1 ms and " + LONGEST + ", was " + value);
        }
    }

    /**
     * These settings with another reply timeout; connecting, the greeting and writing take no longer either. The final
     * reply keeps its own.
     */
    public TimeoutSettings withReply(Duration silence) {
        return new TimeoutSettings(shorter(connect, silence), shorter(greeting, silence), silence, finalReply,
                shorter(write, silence), send);
    }

    /** These settings with another time for the final reply. */
    public TimeoutSettings withFinalReply(Duration least) {
        return new TimeoutSettings(connect, greeting, reply, least, write, send);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
