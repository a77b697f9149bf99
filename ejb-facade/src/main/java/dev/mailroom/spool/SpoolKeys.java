package dev.mailroom.spool;

import static dev.mailroom.configuration.ConfigurationKey.Tier.ESSENTIAL;
import static dev.mailroom.configuration.ConfigurationKey.Tier.OFTEN;
import static dev.mailroom.configuration.ConfigurationKey.Tier.RARELY;
import static dev.mailroom.configuration.ConfigurationKey.of;
import static dev.mailroom.configuration.ConfigurationKey.optional;

import dev.mailroom.Secret;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKeys;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.configuration.ConfigurationValues;
import dev.mailroom.spool.SpoolSettings.InDoubt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All keys of the spool: {@code mailroom.spool.*}. Defaults are those of the settings records. */
public final class SpoolKeys implements ConfigurationKeys {
    private static final SpoolSettings SPOOL = SpoolSettings.DEFAULTS;
    private static final RetrySettings RETRIES = SPOOL.retry();
    private static final RetentionSettings RETENTION = SPOOL.retention();
    private static final DrainSettings DRAIN = SPOOL.drain();
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final ConfigurationType<Duration> TIME = ConfigurationType.duration(Duration.ZERO, LONGEST);
    private static final ConfigurationType<Duration> WAIT =
            ConfigurationType.duration(Duration.ofMillis(1), Duration.ofDays(30));

    static final ConfigurationKey<String> DATA_SOURCE = optional("mailroom.spool.datasource", ConfigurationType.text(),
            "the embedded database", ESSENTIAL, "JNDI name of a DataSource (PostgreSQL): shared by several servers, or"
                    + " the application's own, so that mails and business rows commit together.");
    /** Where the embedded database lives. */
    public static final ConfigurationKey<Path> DIRECTORY = of("mailroom.spool.directory",
            ConfigurationType.of("directory", Path::of, Path::toString), SPOOL.directory(), ESSENTIAL,
            "Where the embedded database lives; it must survive restarts.");
    static final ConfigurationKey<Boolean> ACCEPTING = of("mailroom.spool.accepting", ConfigurationType.onOff(),
            SPOOL.accepting(), OFTEN, "Off: queued mails are still sent, new ones are refused.");
    static final ConfigurationKey<Integer> MAX_MESSAGES = of("mailroom.spool.max-messages",
            ConfigurationType.number(0, Integer.MAX_VALUE), (int) SPOOL.maxMessages(), OFTEN,
            "Most mails that may wait at once; 0 = no limit.");
    static final ConfigurationKey<Long> MAX_BYTES = of("mailroom.spool.max-bytes",
            ConfigurationType.size(0, Long.MAX_VALUE / 2), SPOOL.maxBytes(), OFTEN,
            "Most octets of content that may wait at once; 0 = no limit.");
    static final ConfigurationKey<Integer> MAX_SHARE = of("mailroom.spool.max-share",
            ConfigurationType.number(1, 100), SPOOL.maxShare(), OFTEN, "Most of both that one session may take, in"
                    + " percent; as others fill the spool each gets less, so that some stays free; 100 = no share.");
    static final ConfigurationKey<Long> DISK_RESERVE = of("mailroom.spool.disk-reserve",
            ConfigurationType.size(0, Long.MAX_VALUE / 2), SPOOL.diskReserve(), OFTEN, "New mails are refused while the"
                    + " embedded database's disk has less room than this: what becomes of the others still fits.");
    static final ConfigurationKey<InDoubt> IN_DOUBT = of("mailroom.spool.in-doubt",
            ConfigurationType.choice(InDoubt.class), SPOOL.inDoubt(), OFTEN, "A mail cut off after the final dot, or in"
                    + " flight at a crash: resend it (never lost, perhaps doubled), or hold it for a person.");
    static final ConfigurationKey<Duration> INITIAL = of("mailroom.spool.retry.initial", WAIT,
            RETRIES.initial(), RARELY, "Longest wait after the first failure; it doubles, with jitter.");
    static final ConfigurationKey<Duration> MAX = of("mailroom.spool.retry.max", WAIT,
            RETRIES.max(), RARELY, "Longest wait between two attempts.");
    static final ConfigurationKey<Integer> MAX_ATTEMPTS = of("mailroom.spool.retry.max-attempts",
            ConfigurationType.number(0, 1_000_000), RETRIES.maxAttempts(), RARELY,
            "Attempts (with a connection) after which a mail is given up; 0 = only its age counts.");
    static final ConfigurationKey<Duration> MAX_AGE = of("mailroom.spool.retry.max-age", TIME,
            RETRIES.maxAge(), OFTEN, "Age at which a mail is given up; 0 = only its attempts count.");
    static final ConfigurationKey<Integer> MAX_COPIES = of("mailroom.spool.retry.max-copies",
            ConfigurationType.number(1, 1_000_000), RETRIES.maxCopies(), RARELY,
            "How often a mail in doubt is sent in all, the first time included; then it is held as IN_DOUBT.");
    static final ConfigurationKey<Duration> SENT = of("mailroom.spool.retention.sent", TIME,
            RETENTION.sent(), OFTEN, "How long sent mails are remembered, without content; 0 = for ever.");
    static final ConfigurationKey<Duration> FAILED = of("mailroom.spool.retention.failed", TIME,
            RETENTION.failed(), OFTEN, "How long failed mails are kept, with content; 0 = for ever.");
    static final ConfigurationKey<Integer> MAX_PARALLEL = of("mailroom.spool.max-parallel",
            ConfigurationType.number(1, 1000), DRAIN.maxParallel(), OFTEN,
            "Connections that drain at once; the server has 16 asynchronous threads unless told otherwise.");
    static final ConfigurationKey<Integer> MAX_PER_QUEUE = of("mailroom.spool.max-per-queue",
            ConfigurationType.number(1, 1000), DRAIN.maxPerQueue(), RARELY,
            "Connections that drain the mails of one session at once.");
    static final ConfigurationKey<Integer> BATCH = of("mailroom.spool.batch",
            ConfigurationType.number(1, 1000), DRAIN.batch(), RARELY, "Mails claimed, and outcomes written, at once.");
    static final ConfigurationKey<Duration> LEASE = of("mailroom.spool.lease",
            ConfigurationType.duration(Duration.ofSeconds(1), Duration.ofDays(1)), DRAIN.lease(), RARELY,
            "After this time without a sign of life a server's claimed mails are taken over by others.");
    static final ConfigurationKey<Duration> SWEEP = of("mailroom.spool.sweep", WAIT,
            DRAIN.sweep(), RARELY, "How often retries, expired leases and old rows are looked for.");
    static final ConfigurationKey<Duration> GRACE = of("mailroom.spool.grace", TIME,
            DRAIN.grace(), RARELY, "How long shutting down waits for mails in flight.");
    static final ConfigurationKey<Secret> KEY = optional("mailroom.spool.key",
            ConfigurationType.secret(SpoolKeys::checkedKey), "credentials are not stored", OFTEN,
            "32 bytes in Base64: credentials are stored encrypted, so that mails go on at once after a restart.");
    static final ConfigurationKey<Secret> KEY_FILE = optional("mailroom.spool.key-file",
            ConfigurationType.secretFile(SpoolKeys::checkedKey), "none", OFTEN, "A file that holds it instead.");

    static final ConfigurationKey<Boolean> ENCRYPT_CONTENTS = of("mailroom.spool.encrypt-contents",
            ConfigurationType.onOff(), false, OFTEN,
            "Whether contents are encrypted with the spool's key, too; without it mails lie in the spool in clear.");

    private static final List<ConfigurationKey<?>> ALL = List.of(DATA_SOURCE, DIRECTORY, ACCEPTING, MAX_MESSAGES,
            MAX_BYTES, MAX_SHARE, DISK_RESERVE, IN_DOUBT, INITIAL, MAX, MAX_ATTEMPTS, MAX_AGE, MAX_COPIES, SENT,
            FAILED, MAX_PARALLEL, MAX_PER_QUEUE, BATCH,
            LEASE, SWEEP, GRACE, KEY, KEY_FILE, ENCRYPT_CONTENTS);

    private static Secret checkedKey(String text) {
        try {
            SpoolCipher.ofKey(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected 32 bytes in Base64, made with: openssl rand -base64 32");
        }
        return Secret.password(text);
    }

    @Override
    public List<ConfigurationKey<?>> keys() {
        return ALL;
    }

    @Override
    public List<String> contradictions(ConfigurationValues values) {
        List<String> found = new ArrayList<>();
        if (values.isSet(KEY) && values.isSet(KEY_FILE)) {
            found.add(KEY + " and " + KEY_FILE + " are both set: expected one of them");
        }
        if (values.get(ENCRYPT_CONTENTS) && values.find(KEY).or(() -> values.find(KEY_FILE)).isEmpty()) {
            found.add(ENCRYPT_CONTENTS + " is on and there is no key: set " + KEY + " or " + KEY_FILE);
        }
        try {
            retry(values);
        } catch (IllegalArgumentException e) {
            found.add(e.getMessage());
        }
        return found;
    }

    private static RetrySettings retry(ConfigurationValues values) {
        return new RetrySettings(
                values.get(INITIAL), values.get(MAX), values.get(MAX_ATTEMPTS), values.get(MAX_AGE),
                values.get(MAX_COPIES));
    }

    /** The settings that a configuration asks for. */
    public static SpoolSettings settings(ConfigurationValues values) {
        var cipher = values.find(KEY).or(() -> values.find(KEY_FILE))
                .map(key -> SpoolCipher.ofKey(key.value())).orElse(SpoolCipher.none());
        return new SpoolSettings(values.find(DATA_SOURCE).orElse(""), values.get(DIRECTORY), values.get(ACCEPTING),
                values.get(MAX_MESSAGES), values.get(MAX_BYTES), values.get(MAX_SHARE), values.get(DISK_RESERVE),
                values.get(IN_DOUBT), retry(values),
                new RetentionSettings(values.get(SENT), values.get(FAILED)),
                new DrainSettings(values.get(MAX_PARALLEL), values.get(MAX_PER_QUEUE), values.get(BATCH),
                        values.get(LEASE), values.get(SWEEP), values.get(GRACE)),
                values.get(ENCRYPT_CONTENTS), cipher);
    }
}
