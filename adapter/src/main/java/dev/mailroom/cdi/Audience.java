package dev.mailroom.cdi;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.connector.Listeners;
import dev.mailroom.connector.MailCounts;
import dev.mailroom.connector.MailroomLog;
import dev.mailroom.jmx.ManagedBeans;
import dev.mailroom.session.NamedSession;
import dev.mailroom.session.SessionNews;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Everyone who hears what happens, put together once. */
final class Audience implements AutoCloseable {
    private final Stage stage = new Stage();
    /** Over the server's pool nobody else tells which sessions there are. */
    private final MailCounts counts = new MailCounts(stage::onSessionKnown);
    private final SessionNews news;
    private final SmtpListener all;

    Audience(List<NamedSession> namedSessions, List<SmtpListener> more) {
        news = new SessionNews(namedSessions, Clock.systemUTC());
        all = new Listeners(Stream.concat(
                Stream.of(counts, new MailroomLog(System::nanoTime), news, stage), more.stream()).toList());
    }

    /** The pool's listener must exist before the pool, the MBeans only after it. */
    private static final class Stage implements SmtpListener {
        private volatile ManagedBeans beans;

        @Override
        public void onSessionKnown(SessionKey session) {
            ManagedBeans now = beans;
            if (now != null) {
                now.onSessionKnown(session);
            }
        }

        @Override
        public void onSessionForgotten(SessionKey session) {
            ManagedBeans now = beans;
            if (now != null) {
                now.onSessionForgotten(session);
            }
        }
    }

    /** Tell this one. */
    SmtpListener all() {
        return all;
    }

    MailCounts counts() {
        return counts;
    }

    SessionNews news() {
        return news;
    }

    /** Makes the pool visible in JMX; to be called before it has any session. */
    void show(SmtpPool pool) {
        stage.beans = new ManagedBeans(
                ManagementFactory.getPlatformMBeanServer(), pool, ApplicationName.find());
    }

    /** Takes the pool out of JMX again. */
    @Override
    public void close() {
        ManagedBeans now = stage.beans;
        if (now != null) {
            now.close();
        }
    }
}
