package dev.mailroom.session;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpReadiness.State;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last known state of certain sessions, learned from what happens to their connections anyway. A connection opened
 * or a mail answered, be it with a refusal, shows that the server is there; a pool without a free connection shows
 * nothing.
 */
public final class SessionNews implements SmtpListener {
    private static final Set<Phase> OPENING = EnumSet.of(
            Phase.RESOLVE, Phase.CONNECT, Phase.GREETING, Phase.EHLO, Phase.TLS, Phase.TOKEN, Phase.AUTH);

    private final Map<SessionKey, News> latest = new ConcurrentHashMap<>();
    private final Clock clock;

    /** What was heard, where it failed if it did, and when. */
    record News(State state, Optional<Phase> failedIn, Instant at) {
    }

    /** Listens for news of these sessions only; there is none yet. */
    public SessionNews(Collection<NamedSession> sessions, Clock clock) {
        this.clock = clock;
        News nothing = new News(State.UNKNOWN, Optional.empty(), clock.instant());
        sessions.forEach(named -> latest.put(named.settings().session(), nothing));
    }

    /** The last news of one of these sessions. */
    News of(SessionKey session) {
        return latest.get(session);
    }

    /** Its server was there just now. */
    void reached(SessionKey session) {
        heard(session, State.REACHABLE, Optional.empty());
    }

    @Override
    public void on(SmtpEvent event) {
        if (event instanceof SmtpEvent.ConnectionOpened || event instanceof SmtpEvent.MailSent) {
            reached(event.session());
        } else if (event instanceof SmtpEvent.ConnectionOpenFailed failed) {
            failed(failed.session(), failed.failure());
        } else if (event instanceof SmtpEvent.RequestFailed failed) {
            failed(failed.session(), failed.failure());
        }
    }

    private void failed(SessionKey session, Failure failure) {
        if (OPENING.contains(failure.phase())) {
            heard(session, State.UNREACHABLE, Optional.of(failure.phase()));
        } else if (failure.reply().isPresent()) {
            reached(session);
        }
    }

    private void heard(SessionKey session, State state, Optional<Phase> failedIn) {
        if (latest.containsKey(session)) {
            latest.put(session, new News(state, failedIn, clock.instant()));
        }
    }
}
