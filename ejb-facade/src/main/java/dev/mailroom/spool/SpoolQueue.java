package dev.mailroom.spool;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mails of one session wait in one queue.
 *
 * @param key names it in the database: the same session of the same caller has the same key after a restart
 * @param caller who started the session; empty = unauthenticated callers, or an administrator's session
 * @param session the name the session is found by
 * @param named whether the session is the administrator's: it is there again after a restart
 */
public record SpoolQueue(String key, String caller, String session, boolean named) {
    private static final Pattern CALLERS =
            Pattern.compile("c:(?:([0-9a-f]+-[0-9a-f-]*):)?(\\d{1,3}):(.*)", Pattern.DOTALL);

    /** Checks every value. */
    public SpoolQueue {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(session, "session");
        if (key.isEmpty() || key.length() > 600) {
            throw new IllegalArgumentException("a queue key has 1 to 600 characters, had " + key.length());
        }
    }

    /** The queue of whatever session a caller had under a name, as the first release kept them. */
    public static SpoolQueue of(String caller, String session) {
        // The length in front keeps "a" + "b:c" apart from "a:b" + "c".
        return new SpoolQueue("c:" + caller.length() + ":" + caller + ":" + session, caller, session, false);
    }

    /**
     * The queue of a session that a caller started.
     *
     * @param account tells the accounts apart that a caller uses under one name: 1 to 64 of {@code 0-9a-f-}: what
     *        stands for login and server, a minus, and what stands for the secret; so it is never taken for the length
     *        of a name
     */
    public static SpoolQueue of(String caller, String session, String account) {
        return new SpoolQueue(
                "c:" + account + ":" + caller.length() + ":" + caller + ":" + session, caller, session, false);
    }

    /** The queue of a session that the administrator defined. */
    public static SpoolQueue named(String session) {
        return new SpoolQueue("n:" + session, "", session, true);
    }

    /** What stands for login and server, whatever the secret; empty = named, or from the first release. */
    public Optional<String> login() {
        Matcher callers = CALLERS.matcher(key);
        return callers.matches() && callers.group(1) != null
                ? Optional.of(callers.group(1).substring(0, callers.group(1).indexOf('-'))) : Optional.empty();
    }

    /**
     * Whether it is what a queue became of when its session got another secret: same caller, name, login and server.
     * What was to be sent with a login is never sent without one.
     */
    public boolean mayFollow(SpoolQueue before) {
        return !equals(before) && login().isPresent() && login().equals(before.login())
                && caller.equals(before.caller) && session.equals(before.session) && hasSecret();
    }

    private boolean hasSecret() {
        return key.charAt(key.indexOf('-') + 1) != ':';
    }

    /**
     * Reads a key that one of the three others wrote.
     *
     * @throws IllegalArgumentException if none did
     */
    public static SpoolQueue ofKey(String key) {
        Matcher callers = CALLERS.matcher(key);
        if (callers.matches()) {
            int length = Integer.parseInt(callers.group(2));
            String both = callers.group(3);
            if (length < both.length() && both.charAt(length) == ':') {
                return new SpoolQueue(key, both.substring(0, length), both.substring(length + 1), false);
            }
        }
        if (!key.startsWith("n:")) {
            throw new IllegalArgumentException("not the key of a queue: " + key);
        }
        return named(key.substring(2));
    }
}
