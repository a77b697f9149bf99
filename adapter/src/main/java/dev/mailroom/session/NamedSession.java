package dev.mailroom.session;

import dev.mailroom.SessionNames;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A session that the administrator defined: usable by its name without starting it.
 *
 * @param name the name applications use
 * @param settings complete settings; their user is the login
 * @param asynchronous whether its mails go through the spool
 * @param roles callers must have one of these; empty = every caller
 * @param defaults what its mails get where they say nothing themselves
 */
public record NamedSession(String name, SmtpSettings settings, boolean asynchronous, Set<String> roles,
        SmtpSession.MailDefaults defaults) {
    /** A session whose mails say everything themselves. */
    public NamedSession(String name, SmtpSettings settings, boolean asynchronous, Set<String> roles) {
        this(name, settings, asynchronous, roles, SmtpSession.MailDefaults.NONE);
    }

    /** Copies the roles. */
    public NamedSession {
        roles = Set.copyOf(roles);
    }

    /** What these sessions' identities are called. */
    public static SessionNames names(List<NamedSession> sessions) {
        return SessionNames.of(sessions.stream()
                .collect(Collectors.toMap(NamedSession::name, named -> named.settings().session())));
    }
}
