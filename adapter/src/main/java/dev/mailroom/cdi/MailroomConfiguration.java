package dev.mailroom.cdi;

import dev.mailroom.ConnectionLimits;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.configuration.ConfigurationException;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKeys;
import dev.mailroom.configuration.ConfigurationValues;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.session.HealthSettings;
import dev.mailroom.session.SecuritySettings;
import dev.mailroom.session.SessionsSettings;
import dev.mailroom.staging.StagingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Reads the whole configuration once.
 *
 * @param settings the adapter's
 * @param values every module's keys that hold for the whole application
 * @param warnings lines with an id: what an administrator should think over; nothing that stops the deployment
 */
record MailroomConfiguration(MailroomSettings settings, ConfigurationValues values, List<String> warnings) {
    /**
     * Reads and checks everything, files of secrets included. Logging the warnings is the caller's part.
     *
     * @param contributions other modules' keys, for instance {@code ServiceLoader.load(ConfigurationKeys.class)}
     * @throws ConfigurationException listing every problem found
     */
    static MailroomConfiguration read(
            ConfigurationSources sources, Iterable<? extends ConfigurationKeys> contributions) {
        var properties = new ConfiguredProperties(sources);
        var problems = new Problems();
        var values = new ReadValues(properties, problems);
        List<ConfigurationKeys> modules = new ArrayList<>();
        contributions.forEach(modules::add);
        List<ConfigurationKey<?>> keys = new ArrayList<>(MailroomKeys.ALL);
        modules.forEach(module -> keys.addAll(module.keys()));
        keys.forEach(key -> values.read(key, List.of(key.name())));

        SortedSet<String> names = NamedKeys.SESSIONS.names(properties);
        var sessions = names.stream()
                .map(name -> new NamedSessionReader(name, properties, values, problems)).toList();
        SortedSet<String> mailboxNames = NamedKeys.MAILBOXES.names(properties);
        var mailboxes = mailboxNames.stream()
                .map(name -> new NamedMailboxReader(name, properties, values, problems)).toList();
        sessions.forEach(session -> session.checkBounces(mailboxNames, problems));
        new UnknownKeys(keys.stream().map(ConfigurationKey::name).toList(),
                Map.of(NamedKeys.SESSIONS, names, NamedKeys.MAILBOXES, mailboxNames)).report(properties, problems);
        Contradictions.report(values, sessions.stream().mapToInt(NamedSessionReader::minIdle).sum(), problems);
        IneffectivePoolKeys.report(values, sessions, problems);
        modules.forEach(module -> module.contradictions(values).forEach(problems::add));
        problems.throwIfAny();

        var tokens = new OauthReader.SharedTokens();
        var settings = new MailroomSettings(pool(values), limits(values), timeouts(values),
                values.get(MailroomKeys.REPLY_CEILING), dialogue(values), sessions(values), security(values),
                values.get(MailroomKeys.MAX_MESSAGE),
                new HealthSettings(values.get(MailroomKeys.HEALTH_INTERVAL),
                        values.get(MailroomKeys.HEALTH_REQUIRED)),
                sessions.stream().map(session -> session.read(tokens)).toList(),
                mailboxes(mailboxes, sessions, values, tokens),
                trustStores(values), new StagingSettings(values.find(MailroomKeys.REDIRECT_ALL_TO).orElse(""),
                        values.find(MailroomKeys.ALLOWED_RECIPIENTS).orElse(List.of())),
                values.find(MailroomKeys.CONNECTION_FACTORY).orElse(""));
        return new MailroomConfiguration(settings, values, problems.warnings());
    }

    private static NamedMailboxes mailboxes(List<NamedMailboxReader> readers, List<NamedSessionReader> sessions,
            ConfigurationValues values, OauthReader.SharedTokens tokens) {
        SmtpSettings template = SmtpSettings.of("template", "template", 143).withTimeouts(timeouts(values))
                .withLimits(limits(values));
        return new NamedMailboxes(readers.stream()
                .map(reader -> reader.read(template, values.get(MailroomKeys.MAX_MESSAGE), tokens)).toList(),
                sessions.stream().filter(session -> session.bounces().isPresent())
                        .collect(Collectors.groupingBy(session -> session.bounces().orElseThrow(),
                                Collectors.mapping(NamedSessionReader::name, Collectors.toSet()))));
    }

    private static PoolSettings pool(ConfigurationValues values) {
        return new PoolSettings(values.get(MailroomKeys.MAX_TOTAL), values.get(MailroomKeys.MAX_OPENINGS),
                values.get(MailroomKeys.MAX_WAIT), values.get(MailroomKeys.SWEEP_INTERVAL),
                values.get(MailroomKeys.LEAK_AFTER),
                values.get(MailroomKeys.LEAK_STACKS), values.get(MailroomKeys.CLOSE_GRACE),
                values.get(MailroomKeys.REGROW_INTERVAL));
    }

    private static ConnectionLimits limits(ConfigurationValues values) {
        return new ConnectionLimits(values.get(MailroomKeys.MAX_CONNECTIONS), values.get(MailroomKeys.MIN_IDLE),
                values.get(MailroomKeys.IDLE_TIMEOUT), values.get(MailroomKeys.MAX_LIFETIME),
                values.get(MailroomKeys.MAX_USES), values.get(MailroomKeys.VALIDATE_AFTER_IDLE));
    }

    private static TimeoutSettings timeouts(ConfigurationValues values) {
        return new TimeoutSettings(values.get(MailroomKeys.CONNECT), values.get(MailroomKeys.GREETING),
                values.get(MailroomKeys.REPLY), values.get(MailroomKeys.FINAL_REPLY),
                values.get(MailroomKeys.WRITE), values.get(MailroomKeys.SEND));
    }

    private static DialogueSettings dialogue(ConfigurationValues values) {
        return new DialogueSettings(values.get(MailroomKeys.PIPELINING), values.get(MailroomKeys.CHUNKING),
                values.get(MailroomKeys.UNAUTHENTICATED_FALLBACK),
                values.find(MailroomKeys.EHLO_NAME).orElse(""));
    }

    private static SessionsSettings sessions(ConfigurationValues values) {
        return new SessionsSettings(values.get(MailroomKeys.SCOPE), values.get(MailroomKeys.SESSION_IDLE_TIMEOUT),
                values.get(MailroomKeys.MAX_SESSIONS), values.get(MailroomKeys.MAX_SESSIONS_PER_CALLER));
    }

    private static SecuritySettings security(ConfigurationValues values) {
        return new SecuritySettings(
                values.find(MailroomKeys.ALLOWED_HOSTS).orElse(SecuritySettings.DEFAULTS.allowedHosts()),
                values.get(MailroomKeys.PLAIN_CREDENTIALS));
    }

    private static List<TrustStore> trustStores(ConfigurationValues values) {
        Secret password = values.find(MailroomKeys.TRUST_STORE_PASSWORD)
                .or(() -> values.find(MailroomKeys.TRUST_STORE_PASSWORD_FILE)).orElse(Secret.none());
        return values.find(MailroomKeys.TRUST_STORE).map(file -> new TrustStore(file, password)).stream().toList();
    }
}
