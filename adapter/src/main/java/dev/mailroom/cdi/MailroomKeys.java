package dev.mailroom.cdi;

import static dev.mailroom.configuration.ConfigurationKey.Tier.ESSENTIAL;
import static dev.mailroom.configuration.ConfigurationKey.Tier.OFTEN;
import static dev.mailroom.configuration.ConfigurationKey.Tier.RARELY;
import static dev.mailroom.configuration.ConfigurationKey.of;
import static dev.mailroom.configuration.ConfigurationKey.optional;

import dev.mailroom.ConnectionLimits;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Secret;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.session.HealthSettings;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The adapter's keys that hold for the whole application. Defaults are those of the settings records. */
final class MailroomKeys {
    private static final PoolSettings POOL = PoolSettings.DEFAULTS;
    private static final ConnectionLimits LIMITS = ConnectionLimits.DEFAULTS;
    private static final TimeoutSettings TIMEOUTS = TimeoutSettings.DEFAULTS;
    private static final DialogueSettings DIALOGUE = DialogueSettings.DEFAULTS;
    private static final SessionsSettings SESSIONS = SessionsSettings.DEFAULTS;
    private static final SecuritySettings SECURITY = SecuritySettings.DEFAULTS;
    private static final HealthSettings HEALTH = HealthSettings.DEFAULTS;

    static final ConfigurationKey<Integer> MAX_TOTAL = of("mailroom.pool.max-total", Types.CONNECTIONS,
            POOL.maxTotal(), OFTEN, "Most connections open at once, all sessions together.");
    static final ConfigurationKey<Integer> MAX_OPENINGS = of("mailroom.pool.max-openings", Types.CONNECTIONS,
            POOL.maxOpenings(), RARELY, "Most connections being opened at one server (host and port) at once, so that"
                    + " one that is silent cannot take the pool; never more than half of `mailroom.pool.max-total`,"
                    + " and at all servers that have not answered yet three quarters.");
    static final ConfigurationKey<Integer> MAX_CONNECTIONS = of("mailroom.pool.max-connections", Types.CONNECTIONS,
            LIMITS.maxConnections(), OFTEN, "Most connections that one session may have open at once.");
    static final ConfigurationKey<Duration> MAX_WAIT = of("mailroom.pool.max-wait", Types.TIME,
            POOL.maxWait(), OFTEN, "Longest wait for a connection when all are in use; 0 = do not wait.");
    static final ConfigurationKey<Duration> IDLE_TIMEOUT = of("mailroom.pool.idle-timeout", Types.TIME,
            LIMITS.idleTimeout(), OFTEN, "A connection idle for longer is closed; 0 = never.");
    static final ConfigurationKey<Duration> MAX_LIFETIME = of("mailroom.pool.max-lifetime", Types.TIME,
            LIMITS.maxLifetime(), OFTEN, "A connection older than this is closed when it comes back; 0 = never.");
    static final ConfigurationKey<Integer> MAX_USES = of("mailroom.pool.max-uses", Types.COUNT,
            LIMITS.maxUses(), OFTEN, "Mails after which a connection is closed, refused ones counted; 0 = no limit.");
    static final ConfigurationKey<Integer> MIN_IDLE = of("mailroom.pool.min-idle", Types.COUNT,
            LIMITS.minIdle(), RARELY, "Connections that each session keeps warm.");
    static final ConfigurationKey<Duration> VALIDATE_AFTER_IDLE = of("mailroom.pool.validate-after-idle", Types.TIME,
            LIMITS.validateAfterIdle(), RARELY,
            "A connection idle for longer is probed with NOOP before it is lent; 0 = never.");
    static final ConfigurationKey<Duration> SWEEP_INTERVAL = of("mailroom.pool.sweep-interval", Types.POSITIVE_TIME,
            POOL.sweepInterval(), RARELY, "How often idle connections are looked over.");
    static final ConfigurationKey<Duration> REGROW_INTERVAL = of("mailroom.pool.regrow-interval", Types.POSITIVE_TIME,
            POOL.regrowInterval(), RARELY,
            "How soon a maximum that a server's \"too many connections\" halved grows back, one by one.");
    static final ConfigurationKey<Duration> LEAK_AFTER = of("mailroom.pool.leak-after", Types.TIME,
            POOL.leakAfter(), RARELY, "A connection lent for longer is reported as a leak; 0 = off.");
    static final ConfigurationKey<Boolean> LEAK_STACKS = of("mailroom.pool.leak-stacks", ConfigurationType.onOff(),
            POOL.leakStacks(), RARELY,
            "Whether that report shows where the connection was taken; costs a stack trace a lease.");
    static final ConfigurationKey<Duration> CLOSE_GRACE = of("mailroom.pool.close-grace", Types.TIME,
            POOL.closeGrace(), RARELY, "How long undeploying waits for connections in use.");

    static final ConfigurationKey<Duration> CONNECT = of("mailroom.timeout.connect", Types.WIRE_TIME,
            TIMEOUTS.connect(), OFTEN, "Longest time for the TCP connection.");
    static final ConfigurationKey<Duration> GREETING = of("mailroom.timeout.greeting", Types.WIRE_TIME,
            TIMEOUTS.greeting(), RARELY, "Longest time from the connection to the end of the server's greeting.");
    static final ConfigurationKey<Duration> REPLY = of("mailroom.timeout.reply", Types.WIRE_TIME,
            TIMEOUTS.reply(), OFTEN, "Longest silence of a server; applications may change it (EmailSetTimeOut).");
    static final ConfigurationKey<Duration> FINAL_REPLY = of("mailroom.timeout.final-reply", Types.WIRE_TIME,
            TIMEOUTS.finalReply(), OFTEN, "Silence that a server is allowed at least once it has a whole mail, within"
                    + " `mailroom.timeout.send`; no application shortens it, for giving up then makes copies.");
    static final ConfigurationKey<Duration> REPLY_CEILING = of("mailroom.timeout.reply-ceiling", Types.WIRE_TIME,
            MailroomSettings.DEFAULT_REPLY_CEILING, OFTEN, "Longest reply timeout that an application may ask for.");
    static final ConfigurationKey<Duration> SEND = of("mailroom.timeout.send", Types.WIRE_TIME_OR_OFF,
            TIMEOUTS.send(), OFTEN, "Deadline of a whole send, the wait for a connection included; 0 = off.");
    static final ConfigurationKey<Duration> WRITE = of("mailroom.timeout.write", Types.WIRE_TIME,
            TIMEOUTS.write(), RARELY, "Longest time one write may be stuck because the server reads nothing.");

    static final ConfigurationKey<List<String>> ALLOWED_HOSTS = optional("mailroom.security.allowed-hosts",
            Types.HOST_PATTERNS, "any host", ESSENTIAL,
            "Servers that applications may name: patterns host or host:port, * matches any run of characters.");
    static final ConfigurationKey<Boolean> PLAIN_CREDENTIALS = of("mailroom.security.plain-credentials",
            ConfigurationType.allowRefuse(), SECURITY.plainCredentials(), ESSENTIAL,
            "Whether applications may send a password or token over a connection without TLS.");
    static final ConfigurationKey<Boolean> UNAUTHENTICATED_FALLBACK = of("mailroom.security.unauthenticated-fallback",
            ConfigurationType.allowRefuse(), DIALOGUE.unauthenticatedFallback(), OFTEN,
            "Whether a session with a password opens unauthenticated on a server that offers no usable mechanism.");
    static final ConfigurationKey<Path> TRUST_STORE = optional("mailroom.security.trust-store",
            ConfigurationType.file(), "none", OFTEN, "Key store (PKCS12 or JKS) with further trust anchors.");
    static final ConfigurationKey<Secret> TRUST_STORE_PASSWORD = optional("mailroom.security.trust-store-password",
            ConfigurationType.secret(Secret::password), "none", OFTEN, "Its password.");
    static final ConfigurationKey<Secret> TRUST_STORE_PASSWORD_FILE = optional(
            "mailroom.security.trust-store-password-file", ConfigurationType.secretFile(Secret::password), "none",
            OFTEN, "File with its password.");

    static final ConfigurationKey<SessionsSettings.Scope> SCOPE = of("mailroom.sessions.scope",
            ConfigurationType.choice(SessionsSettings.Scope.class), SESSIONS.scope(), OFTEN,
            "Who shares a session that was started: the same security principal, or the whole application.");
    static final ConfigurationKey<Duration> SESSION_IDLE_TIMEOUT = of("mailroom.sessions.idle-timeout", Types.TIME,
            SESSIONS.idleTimeout(), RARELY, "A session unused for longer ends by itself; 0 = never.");
    static final ConfigurationKey<Integer> MAX_SESSIONS = of("mailroom.sessions.max-sessions",
            ConfigurationType.number(1, 1_000_000), SESSIONS.maxSessions(), RARELY, "Most sessions open at once.");
    static final ConfigurationKey<Integer> MAX_SESSIONS_PER_CALLER = of("mailroom.sessions.max-per-caller",
            ConfigurationType.number(1, 1_000_000), SESSIONS.maxPerCaller(), RARELY, "Most of them opened by one"
                    + " caller, so that one cannot take them all; everybody who is not logged in is one caller.");

    static final ConfigurationKey<Long> MAX_MESSAGE = of("mailroom.receive.max-message",
            ConfigurationType.size(1, Integer.MAX_VALUE), ReceivingSettings.MAX_MESSAGE, OFTEN,
            "Octets of the largest mail that is read; a larger one is refused before it is.");

    static final ConfigurationKey<Boolean> PIPELINING = of("mailroom.dialogue.pipelining", ConfigurationType.onOff(),
            DIALOGUE.pipelining(), RARELY, "Send commands in groups where a server offers PIPELINING (RFC 2920).");
    static final ConfigurationKey<Boolean> CHUNKING = of("mailroom.dialogue.chunking", ConfigurationType.onOff(),
            DIALOGUE.chunking(), RARELY, "Send content with BDAT where a server offers CHUNKING (RFC 3030).");
    static final ConfigurationKey<String> EHLO_NAME = optional("mailroom.dialogue.ehlo-name", Types.EHLO_NAME,
            "the machine's full name, else its address", OFTEN, "How sessions name themselves in EHLO.");

    static final ConfigurationKey<String> REDIRECT_ALL_TO = optional("mailroom.redirect-all-to", Types.RECIPIENT,
            "nobody", OFTEN, "For test systems: who gets all mails, or those that `mailroom.allowed-recipients` keeps"
                    + " from others; the header names whom they were for.");
    static final ConfigurationKey<List<String>> ALLOWED_RECIPIENTS = optional("mailroom.allowed-recipients",
            ConfigurationType.list("patterns", Types::recipientPattern), "everybody", OFTEN, "For test systems: only"
                    + " such recipients get mails, such as `*@example.org`; others are redirected, or refused.");

    static final ConfigurationKey<Boolean> HEALTH_REQUIRED = of("mailroom.health.required", ConfigurationType.onOff(),
            HEALTH.required(), OFTEN,
            "Whether a named session that cannot be reached makes the application not ready.");
    static final ConfigurationKey<Duration> HEALTH_INTERVAL = of("mailroom.health.interval", Types.POSITIVE_TIME,
            HEALTH.interval(), RARELY,
            "After a probe, a named session of which nothing was heard for that long is checked in the background.");

    static final ConfigurationKey<String> CONNECTION_FACTORY = optional("mailroom.connection-factory",
            ConfigurationType.text(), "Mailroom's own pool", RARELY,
            "JNDI name of a connection factory whose pool belongs to the application server.");

    /** Those that only Mailroom's own pool obeys. */
    static final List<ConfigurationKey<?>> POOL_KEYS = List.of(MAX_TOTAL, MAX_CONNECTIONS, MAX_WAIT, IDLE_TIMEOUT,
            MAX_LIFETIME, MIN_IDLE, MAX_OPENINGS, VALIDATE_AFTER_IDLE, SWEEP_INTERVAL, LEAK_AFTER, LEAK_STACKS,
            CLOSE_GRACE, REGROW_INTERVAL);

    /** All of them, in the order of the table. */
    static final List<ConfigurationKey<?>> ALL = Stream.concat(POOL_KEYS.stream(), List.of(
            MAX_USES, CONNECT, GREETING, REPLY, FINAL_REPLY, REPLY_CEILING, SEND, WRITE,
            ALLOWED_HOSTS, PLAIN_CREDENTIALS, UNAUTHENTICATED_FALLBACK,
            TRUST_STORE, TRUST_STORE_PASSWORD, TRUST_STORE_PASSWORD_FILE,
            SCOPE, SESSION_IDLE_TIMEOUT, MAX_SESSIONS, MAX_SESSIONS_PER_CALLER, MAX_MESSAGE, PIPELINING, CHUNKING,
            EHLO_NAME, REDIRECT_ALL_TO, ALLOWED_RECIPIENTS,
            HEALTH_REQUIRED, HEALTH_INTERVAL, CONNECTION_FACTORY).stream()).toList();

    private MailroomKeys() {
    }
}
