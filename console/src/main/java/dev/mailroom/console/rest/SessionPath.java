package dev.mailroom.console.rest;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What a URL's path says of a session: a user name, or the id that its start answered with. An id is a tilde and the
 * name in Base64 (RFC 4648, section 5), since HTTP servers do not let a path have every name (a backslash, a slash, a
 * semicolon, two dots …); behind a dot stands the session's own id, so that it is this session whatever is started
 * under its name afterwards. A name that begins with a tilde is always told by its id.
 *
 * @param id the session's own id; empty = the path tells a name only
 */
record SessionPath(String name, String id) {
    private static final char MARK = '~';
    private static final char BEHIND_THE_NAME = '.';
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*");

    /** The part of a path that is this session on every server. */
    String segment() {
        if (id.isEmpty() && PLAIN.matcher(name).matches()) {
            return name;
        }
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        return MARK + encoded + (id.isEmpty() ? "" : BEHIND_THE_NAME + id);
    }

    /** What a part of a path, already decoded, says. */
    static SessionPath of(String segment) {
        if (segment.isEmpty() || segment.charAt(0) != MARK) {
            return new SessionPath(segment, "");
        }
        int dot = segment.indexOf(BEHIND_THE_NAME);
        String encoded = dot < 0 ? segment.substring(1) : segment.substring(1, dot);
        try {
            return new SessionPath(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8),
                    dot < 0 ? "" : segment.substring(dot + 1));
        } catch (IllegalArgumentException e) {
            throw notOpen();
        }
    }

    /** No session is open with that id. */
    static ProblemException notOpen() {
        return new ProblemException(new Problem(404, "There is no open session with that id: an id is the one that "
                + "POST /api/sessions answered with, until the session is closed or has expired."));
    }
}
