package dev.mailroom.cdi;

import dev.mailroom.Secret;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.secret.SecretOrigin;
import dev.mailroom.session.NamedSession;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The secrets of named sessions that are kept elsewhere, all of which can be looked at now. */
final class FollowedSecrets {
    private final List<NamedSession> sessions;
    private final SmtpPool pool;

    FollowedSecrets(List<NamedSession> sessions, SmtpPool pool) {
        this.sessions = sessions;
        this.pool = pool;
    }

    /** How many have changed; the connections of their sessions end, those in use when they come back. */
    int look() {
        Set<SecretOrigin> changed = new HashSet<>();
        sessions.stream().map(NamedSession::settings).flatMap(FollowedSecrets::origins).filter(SecretOrigin::look)
                .forEach(changed::add);
        sessions.stream().map(NamedSession::settings)
                .filter(settings -> origins(settings).anyMatch(changed::contains))
                .forEach(settings -> pool.flush(settings.session().id()));
        return changed.size();
    }

    private static Stream<SecretOrigin> origins(SmtpSettings settings) {
        return Stream.of(settings.secret(), settings.proxy().password(), settings.clientKey().password())
                .map(Secret::origin).flatMap(origin -> origin.stream());
    }
}
