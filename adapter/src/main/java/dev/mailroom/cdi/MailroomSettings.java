package dev.mailroom.cdi;

import dev.mailroom.ConnectionLimits;
import dev.mailroom.DialogueSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.session.HealthSettings;
import dev.mailroom.session.NamedSession;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.staging.StagingSettings;
import java.time.Duration;
import java.util.List;

/**
 * Everything the adapter's configuration says.
 *
 * @param pool the pool as a whole
 * @param limits what a session may hold where nothing else is said
 * @param timeouts for sessions that say nothing else
 * @param replyCeiling longest reply timeout that an application may ask for
 * @param dialogue for sessions that say nothing else
 * @param sessions how sessions are kept
 * @param security what applications may ask for
 * @param maxMessage octets of the largest mail that is read
 * @param health how named sessions are judged
 * @param namedSessions complete, in the order of their names
 * @param mailboxes the named mailboxes
 * @param trustStores the administrator's trust store, or empty
 * @param staging whom mails may reach
 * @param connectionFactory JNDI name of the application server's pool; empty = Mailroom's own
 */
record MailroomSettings(
        PoolSettings pool,
        ConnectionLimits limits,
        TimeoutSettings timeouts,
        Duration replyCeiling,
        DialogueSettings dialogue,
        SessionsSettings sessions,
        SecuritySettings security,
        long maxMessage,
        HealthSettings health,
        List<NamedSession> namedSessions,
        NamedMailboxes mailboxes,
        List<TrustStore> trustStores,
        StagingSettings staging,
        String connectionFactory) {

    static final Duration DEFAULT_REPLY_CEILING = Duration.ofHours(1);

    MailroomSettings {
        namedSessions = List.copyOf(namedSessions);
        trustStores = List.copyOf(trustStores);
    }

    /** With the application's token suppliers in their sessions. */
    MailroomSettings with(TokenBeans tokens) {
        return new MailroomSettings(pool, limits, timeouts, replyCeiling, dialogue, sessions, security, maxMessage,
                health, tokens.on(namedSessions), mailboxes, trustStores, staging, connectionFactory);
    }
}
