package dev.mailroom.cdi;

import static java.util.Map.entry;

import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationValues;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Warns an administrator of keys that have no effect because the application server pools the connections. */
final class IneffectivePoolKeys {
    private static final String NOTHING = "nothing like it";
    private static final Map<ConfigurationKey<?>, String> INSTEAD = Map.ofEntries(
            entry(MailroomKeys.MAX_TOTAL, "max-pool-size"),
            entry(MailroomKeys.MAX_CONNECTIONS, "max-pool-size, for all sessions together"),
            entry(MailroomKeys.MAX_WAIT, "max-wait-time-in-millis"),
            entry(MailroomKeys.IDLE_TIMEOUT, "idle-timeout-in-seconds"),
            entry(MailroomKeys.MAX_LIFETIME, NOTHING),
            entry(MailroomKeys.MIN_IDLE, NOTHING),
            entry(MailroomKeys.VALIDATE_AFTER_IDLE,
                    "is-connection-validation-required with validate-atmost-once-period-in-seconds"),
            entry(MailroomKeys.MAX_OPENINGS, NOTHING),
            entry(MailroomKeys.SWEEP_INTERVAL, "idle-timeout-in-seconds"),
            entry(MailroomKeys.LEAK_AFTER, "connection-leak-timeout-in-seconds"),
            entry(MailroomKeys.LEAK_STACKS, "connection-leak-timeout-in-seconds"),
            entry(MailroomKeys.CLOSE_GRACE, NOTHING),
            entry(MailroomKeys.REGROW_INTERVAL, NOTHING),
            entry(MailroomKeys.TRUST_STORE, "the resource adapter's property trustStore"),
            entry(MailroomKeys.TRUST_STORE_PASSWORD, "the resource adapter's property trustStorePassword"),
            entry(MailroomKeys.TRUST_STORE_PASSWORD_FILE, "the resource adapter's property trustStorePassword"));
    /** The keys of a session that have no effect, and those of the whole application that say the same. */
    private static final Map<ConfigurationKey<?>, ConfigurationKey<?>> OF_A_SESSION = Map.of(
            SessionKeys.MAX_CONNECTIONS, MailroomKeys.MAX_CONNECTIONS,
            SessionKeys.MIN_IDLE, MailroomKeys.MIN_IDLE,
            SessionKeys.IDLE_TIMEOUT, MailroomKeys.IDLE_TIMEOUT,
            SessionKeys.MAX_LIFETIME, MailroomKeys.MAX_LIFETIME,
            SessionKeys.VALIDATE_AFTER_IDLE, MailroomKeys.VALIDATE_AFTER_IDLE);

    private IneffectivePoolKeys() {
    }

    /** Warns in one line, if the server pools and anything is set that has no effect then. */
    static void report(ConfigurationValues whole, List<NamedSessionReader> sessions, Problems problems) {
        List<String> vain = Stream.concat(
                MailroomKeys.ALL.stream().filter(INSTEAD::containsKey).filter(whole::isSet)
                        .map(key -> said(key.name(), key)),
                sessions.stream().flatMap(IneffectivePoolKeys::vain)).toList();
        whole.find(MailroomKeys.CONNECTION_FACTORY).filter(name -> !vain.isEmpty()).ifPresent(name -> problems.warn(
                "MR0402", "the application server pools the connections of " + name + " ("
                + MailroomKeys.CONNECTION_FACTORY + "), where these keys have no effect: " + String.join("; ", vain)
                + ". Its pool's attributes are set with asadmin set"
                + " resources.connector-connection-pool.<pool>.<attribute>=<value>, or as properties"
                + " org.glassfish.connector-connection-pool.<attribute> of a @ConnectionFactoryDefinition"));
    }

    private static Stream<String> vain(NamedSessionReader session) {
        return SessionKeys.ALL.stream().filter(OF_A_SESSION::containsKey)
                .flatMap(key -> session.origin(key).map(origin -> said(origin, OF_A_SESSION.get(key))).stream());
    }

    private static String said(String spelt, ConfigurationKey<?> key) {
        return spelt + " (instead: " + INSTEAD.get(key) + ")";
    }
}
