package dev.mailroom.connector;

import dev.mailroom.SessionKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was learned of {@link MailLimit}s, by session. Bounded: the longest unused goes first. Thread-safe. */
final class MailLimits {
    private static final int MOST = 1000;

    private final Map<String, MailLimit> bySession = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MailLimit> eldest) {
            return size() > MOST;
        }
    };

    /** The limit of that session, which all its connections share. */
    synchronized MailLimit of(SessionKey session) {
        return bySession.computeIfAbsent(session.id(), id -> new MailLimit(System::nanoTime));
    }
}
