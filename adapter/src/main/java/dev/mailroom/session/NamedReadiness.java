package dev.mailroom.session;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReadiness;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges the administrator's named sessions by the news of them; where there is none for long, a check makes some. */
public final class NamedReadiness implements SmtpReadiness {
    private static final System.Logger LOG = System.getLogger(NamedReadiness.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Watched> sessions;
    private final SessionNews news;
    private final HealthSettings settings;
    private final SmtpConnectionFactory connections;
    private final Clock clock;

    /** Checks by taking a connection from this factory. */
    public NamedReadiness(List<NamedSession> sessions, SessionNews news, HealthSettings settings,
            SmtpConnectionFactory connections, Clock clock) {
        this.sessions = sessions.stream().sorted(Comparator.comparing(NamedSession::name)).map(Watched::new).toList();
        this.news = news;
        this.settings = settings;
        this.connections = connections;
        this.clock = clock;
    }

    private static final class Watched {
        final String name;
        final SmtpSettings settings;
        final SessionKey key;
        /** Of the last check handed out. */
        private Instant checkedAt = Instant.EPOCH;

        Watched(NamedSession named) {
            name = named.name();
            key = named.settings().session();
            TimeoutSettings usual = named.settings().timeouts();
            settings = named.settings().withTimeouts(new TimeoutSettings(
                    shorter(usual.connect()), shorter(usual.reply()), shorter(usual.write()), PATIENCE));
        }

        private static Duration shorter(Duration usual) {
            return usual.compareTo(PATIENCE) < 0 ? usual : PATIENCE;
        }

        /** Whether it is due, and this caller the one to check it. */
        synchronized boolean claim(SessionNews.News latest, Instant now, Duration interval) {
            Instant due = now.minus(interval);
            if (checkedAt.isAfter(due) || latest.state() != State.UNKNOWN && latest.at().isAfter(due)) {
                return false;
            }
            checkedAt = now;
            return true;
        }
    }

    @Override
    public boolean required() {
        return settings.required();
    }

    @Override
    public List<Verdict> verdicts() {
        return sessions.stream().map(watched -> {
            SessionNews.News latest = news.of(watched.key);
            return new Verdict(watched.name, latest.state(), latest.failedIn(), latest.at());
        }).toList();
    }

    @Override
    public List<Runnable> dueChecks() {
        Instant now = clock.instant();
        List<Runnable> due = new ArrayList<>();
        for (Watched watched : sessions) {
            if (watched.claim(news.of(watched.key), now, settings.interval())) {
                due.add(() -> check(watched));
            }
        }
        return due;
    }

    /** A failure is news that the listeners have already been told. */
    private void check(Watched watched) {
        try {
            connections.getConnection(watched.settings).close();
            news.reached(watched.key);
        } catch (SmtpException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "session " + watched.name + " checked: " + e.getMessage());
        }
    }
}
