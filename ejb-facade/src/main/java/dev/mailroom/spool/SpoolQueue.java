package dev.mailroom.spool;

import java.util.Objects;
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
    private static final Pattern CALLERS = Pattern.compile("c:(\\d{1,3}):(.*)", Pattern.DOTALL);

    /** Checks every value. */
    public SpoolQueue {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(session, "session");
        if (key.isEmpty() || key.length() > 600) {
            throw new IllegalArgumentException("a queue key has 1 to 600 characters, had " + key.length());
        }
    }

    /** The queue of a session that a caller started. */
    public static SpoolQueue of(String caller, String session) {
        // The length in front keeps "a" + "b:c" apart from "a:b" + "c".
        return new SpoolQueue("c:" + caller.length() + ":" + caller + ":" + session, caller, session, false);
    }

    /** The queue of a session that the administrator defined. */
    public static SpoolQueue named(String session) {
        return new SpoolQueue("n:" + session, "", session, true);
    }

    /**
     * Reads a key that one of the two others wrote.
     *
     * @throws IllegalArgumentException if neither did
     */
    public static SpoolQueue ofKey(String key) {
        Matcher callers = CALLERS.matcher(key);
        if (callers.matches()) {
            int length = Integer.parseInt(callers.group(1));
            String both = callers.group(2);
            if (length < both.length() && both.charAt(length) == ':') {
                return of(both.substring(0, length), both.substring(length + 1));
            }
        }
        if (!key.startsWith("n:")) {
            throw new IllegalArgumentException("not the key of a queue: " + key);
        }
        return named(key.substring(2));
    }
}
