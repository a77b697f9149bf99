package dev.mailroom.cdi;

import static dev.mailroom.configuration.ConfigurationKey.Tier.OFTEN;
import static dev.mailroom.configuration.ConfigurationKey.Tier.RARELY;
import static dev.mailroom.configuration.ConfigurationKey.of;
import static dev.mailroom.configuration.ConfigurationKey.optional;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.ReceivingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The keys of one named mailbox. What it leaves out comes from the whole application. */
final class MailboxKeys {
    private static final String PREFIX = "mailroom.mailbox.<name>.";
    private static final ArrivalSettings ARRIVAL = ArrivalSettings.DEFAULTS;

    static final ConfigurationKey<MailProtocol> PROTOCOL = of(PREFIX + "protocol", ConfigurationType.of("imap, pop3",
            MailboxKeys::protocol, protocol -> protocol.name().toLowerCase(Locale.ROOT)), MailProtocol.IMAP, OFTEN,
            "How the mailbox is read.");
    static final ConfigurationKey<String> SERVER = optional(PREFIX + "server", Types.HOST_NAME, "required", OFTEN,
            "The server that has the mailbox.");
    static final ConfigurationKey<Integer> PORT = optional(PREFIX + "port", Types.PORT,
            "143, 993 (implicit); with POP3 110, 995", OFTEN, "Its port.");
    static final ConfigurationKey<TlsMode> TLS = of(PREFIX + "tls", ConfigurationType.choice(TlsMode.class),
            TlsMode.NONE, OFTEN, "Plain TCP, STARTTLS (POP3: STLS) required, or TLS from the first byte.");
    static final ConfigurationKey<String> USERNAME = optional(PREFIX + "username", ConfigurationType.text(),
            "the mailbox's name", OFTEN, "The login.");
    static final ConfigurationKey<Secret> PASSWORD = optional(PREFIX + "password",
            ConfigurationType.secret(Secret::password), "none", OFTEN,
            "The password; ${NAME} takes it from another property or environment variable.");
    static final ConfigurationKey<Secret> PASSWORD_FILE = optional(PREFIX + "password-file",
            ConfigurationType.secretFile(Secret::password), "none", OFTEN, "File with the password.");
    static final ConfigurationKey<Secret> ACCESS_TOKEN = optional(PREFIX + "access-token",
            ConfigurationType.secret(Secret::accessToken), "none", RARELY,
            "An OAuth 2 access token instead of a password; where it ends before the application does, see"
                    + " `oauth.token-url`.");
    static final ConfigurationKey<Secret> ACCESS_TOKEN_FILE = optional(PREFIX + "access-token-file",
            ConfigurationType.secretFile(Secret::accessToken), "none", RARELY, "File with the access token.");
    static final OauthKeys OAUTH = OauthKeys.under(PREFIX);
    static final ConfigurationKey<TrustMode> TRUST = of(PREFIX + "trust", ConfigurationType.choice(TrustMode.class),
            TrustMode.AUTOMATIC, RARELY,
            "Whose trust anchors count: the server's and then our own, only the server's, only our own.");
    static final ConfigurationKey<List<String>> ROLES = optional(PREFIX + "roles", ConfigurationType.list(),
            "every caller", OFTEN, "Callers of the functions that read must have one of these roles.");
    static final ConfigurationKey<String> FOLDER = of(PREFIX + "folder", ConfigurationType.text(),
            ReceivingSettings.INBOX, OFTEN, "The folder that is read; POP3 has only INBOX.");

    static final ConfigurationKey<Duration> INTERVAL = of(PREFIX + "interval",
            ConfigurationType.duration(Duration.ofMillis(100), Duration.ofDays(1)), ARRIVAL.interval(), OFTEN,
            "How often a listener's mailbox is looked into; where the server has IDLE, how often the connection is"
                    + " checked.");
    static final ConfigurationKey<Boolean> IDLE = of(PREFIX + "idle", ConfigurationType.onOff(), ARRIVAL.idle(),
            RARELY, "Whether the server is asked to tell of new mails (IMAP IDLE, RFC 2177), where it can.");
    static final ConfigurationKey<Integer> MAX_DELIVERIES = of(PREFIX + "max-deliveries",
            ConfigurationType.number(1, 1_000_000), ARRIVAL.maxDeliveries(), OFTEN,
            "How often a mail is given to a listener that fails before it is a dead letter.");
    static final ConfigurationKey<ArrivalSettings.Done> DONE = optional(PREFIX + "done",
            ConfigurationType.choice(ArrivalSettings.Done.class), "seen; with POP3 delete", OFTEN,
            "What becomes of a mail once its listener's transaction has committed; POP3 knows only delete.");
    static final ConfigurationKey<String> DONE_FOLDER = of(PREFIX + "done-folder", ConfigurationType.text(),
            "Handled", OFTEN, "Where `done=move` moves it to, created if it is not there.");
    static final ConfigurationKey<String> DEAD_LETTER_FOLDER = of(PREFIX + "dead-letter-folder",
            ConfigurationType.text(), ARRIVAL.deadLetterFolder(), OFTEN, "Where dead letters are moved to, created if"
                    + " it is not there; with POP3 they stay where they are and are left alone.");

    /** Those that may hold the secret: one of them. */
    static final List<ConfigurationKey<Secret>> SECRETS =
            List.of(PASSWORD, PASSWORD_FILE, ACCESS_TOKEN, ACCESS_TOKEN_FILE);

    /** All of them, in the order of the table. */
    static final List<ConfigurationKey<?>> ALL = Stream.of(
            List.of(PROTOCOL, SERVER, PORT, TLS, USERNAME, PASSWORD, PASSWORD_FILE, ACCESS_TOKEN, ACCESS_TOKEN_FILE),
            OAUTH.all(),
            List.of(TRUST, ROLES, FOLDER, INTERVAL, IDLE, MAX_DELIVERIES, DONE, DONE_FOLDER, DEAD_LETTER_FOLDER))
            .<ConfigurationKey<?>>flatMap(List::stream).toList();

    private MailboxKeys() {
    }

    private static MailProtocol protocol(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "imap" -> MailProtocol.IMAP;
            case "pop3" -> MailProtocol.POP3;
            default -> throw new IllegalArgumentException("expected imap or pop3");
        };
    }
}
