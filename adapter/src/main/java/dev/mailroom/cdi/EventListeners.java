package dev.mailroom.cdi;

import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.jmx.ManagedBeans;
import dev.mailroom.receiving.ListenedMailboxes;
import dev.mailroom.session.NamedSession;
import dev.mailroom.session.SessionNews;
import dev.mailroom.watch.Listeners;
import dev.mailroom.watch.MailCounts;
import dev.mailroom.watch.MailroomLog;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** All listeners of events, Mailroom's own and the application's, as one. */
final class EventListeners implements AutoCloseable {
    private final Stage stage = new Stage();
    /** With the server's pool this is the only source that tells which sessions there are. */
    private final MailCounts counts = new MailCounts(session -> stage.on(new SmtpEvent.SessionKnown(session)));
    private final SessionNews news;
    private final SmtpListener all;

    EventListeners(List<NamedSession> namedSessions, List<SmtpListener> more) {
        news = new SessionNews(namedSessions, Clock.systemUTC());
        all = new Listeners(Stream.concat(
                Stream.of(counts, new MailroomLog(System::nanoTime), news, stage), more.stream()).toList());
    }

    /** The pool's listener must exist before the pool, the MBeans only after it. */
    private static final class Stage implements SmtpListener {
        private volatile ManagedBeans beans;

        @Override
        public void on(SmtpEvent event) {
            ManagedBeans now = beans;
            if (now != null) {
                now.on(event);
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
    void show(SmtpPool pool, FollowedSecrets secrets) {
        stage.beans = new ManagedBeans(ManagementFactory.getPlatformMBeanServer(), pool, secrets::look,
                ApplicationName.find());
    }

    /** Shows mailboxes; after {@link #show}. */
    ListenedMailboxes mailboxes() {
        return stage.beans.mailboxes();
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
