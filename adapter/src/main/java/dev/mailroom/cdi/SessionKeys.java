package dev.mailroom.cdi;

import static dev.mailroom.configuration.ConfigurationKey.Tier.ESSENTIAL;
import static dev.mailroom.configuration.ConfigurationKey.Tier.OFTEN;
import static dev.mailroom.configuration.ConfigurationKey.Tier.RARELY;
import static dev.mailroom.configuration.ConfigurationKey.of;
import static dev.mailroom.configuration.ConfigurationKey.optional;

import dev.mailroom.ProxySettings;
import dev.mailroom.Secret;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationKey.Tier;
import dev.mailroom.configuration.ConfigurationType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The keys of one named session. What a session leaves out comes from its preset, then from the whole application. */
final class SessionKeys {
    /** What every one of them begins with; the rest of the name is its suffix. */
    static final String PREFIX = "mailroom.session.<name>.";

    static final ConfigurationKey<Preset> PRESET = optional(PREFIX + "preset", ConfigurationType.choice(Preset.class),
            "none", ESSENTIAL, "A provider whose published server and limits hold where the session says nothing.");
    static final ConfigurationKey<String> SERVER = optional(PREFIX + "server", Types.HOST_NAME, "the preset's",
            ESSENTIAL, "The SMTP server; required unless the preset has one.");
    static final ConfigurationKey<Integer> PORT = optional(PREFIX + "port", Types.PORT,
            "25, 587 (starttls), 465 (implicit)", ESSENTIAL, "Its port.");
    static final ConfigurationKey<TlsMode> TLS = of(PREFIX + "tls", ConfigurationType.choice(TlsMode.class),
            TlsMode.NONE, ESSENTIAL, "Plain TCP, STARTTLS required, or TLS from the first byte.");
    static final ConfigurationKey<String> USERNAME = optional(PREFIX + "username", ConfigurationType.text(),
            "the session's name", ESSENTIAL, "The login.");
    static final ConfigurationKey<Secret> PASSWORD = optional(PREFIX + "password",
            ConfigurationType.secret(Secret::password), "none", ESSENTIAL,
            "The password; ${NAME} takes it from another property or environment variable.");
    static final ConfigurationKey<Secret> PASSWORD_FILE = optional(PREFIX + "password-file",
            ConfigurationType.secretFile(Secret::password), "none", ESSENTIAL, "File with the password.");
    static final ConfigurationKey<Secret> ACCESS_TOKEN = optional(PREFIX + "access-token",
            ConfigurationType.secret(Secret::accessToken), "none", RARELY,
            "An OAuth 2 access token instead of a password; where it ends before the application does, see"
                    + " `oauth.token-url`.");
    static final ConfigurationKey<Secret> ACCESS_TOKEN_FILE = optional(PREFIX + "access-token-file",
            ConfigurationType.secretFile(Secret::accessToken), "none", RARELY, "File with the access token.");
    static final OauthKeys OAUTH = OauthKeys.under(PREFIX);
    static final ConfigurationKey<Boolean> ASYNCHRONOUS = of(PREFIX + "asynchronous", ConfigurationType.onOff(),
            false, OFTEN, "Whether its mails go through the spool.");
    static final ConfigurationKey<String> FROM = optional(PREFIX + "from", Types.MAILBOX, "none", OFTEN,
            "The author of mails that name none: `name <address>` or `address`.");
    static final ConfigurationKey<String> REPLY_TO = optional(PREFIX + "reply-to", Types.MAILBOX, "none", OFTEN,
            "Where answers to mails go that do not say it.");
    static final ConfigurationKey<String> ENVELOPE_SENDER = optional(PREFIX + "envelope-sender",
            Types.ENVELOPE_SENDER, "the author's address", OFTEN, "Who hears of failures (MAIL FROM): an address, in"
                    + " which `{id}` stands for the mail's id, as in `bounces+{id}@example.org`, or `<>`.");
    static final ConfigurationKey<String> BOUNCES = optional(PREFIX + "bounces", ConfigurationType.text(), "none",
            OFTEN, "The mailbox `mailroom.mailbox.<name>` that reports of failed deliveries come to: they are read, and"
                    + " the outcomes of their recipients corrected.");
    static final ConfigurationKey<List<String>> ROLES = optional(PREFIX + "roles", ConfigurationType.list(),
            "every caller", OFTEN, "Callers must have one of these roles.");
    static final ConfigurationKey<TrustMode> TRUST = of(PREFIX + "trust", ConfigurationType.choice(TrustMode.class),
            TrustMode.AUTOMATIC, RARELY,
            "Whose trust anchors count: the server's and then our own, only the server's, only our own.");

    static final ConfigurationKey<Path> KEY_STORE = optional(PREFIX + "key-store", ConfigurationType.file(), "none",
            RARELY, "Key store (PKCS12 or JKS) with the certificate shown to a server that asks for one.");
    static final ConfigurationKey<Secret> KEY_STORE_PASSWORD = optional(PREFIX + "key-store-password",
            ConfigurationType.secret(Secret::password), "none", RARELY, "Its password.");
    static final ConfigurationKey<Secret> KEY_STORE_PASSWORD_FILE = optional(PREFIX + "key-store-password-file",
            ConfigurationType.secretFile(Secret::password), "none", RARELY, "File with its password.");
    static final ConfigurationKey<String> KEY_ALIAS = optional(PREFIX + "key-alias", ConfigurationType.text(),
            "the only key", RARELY, "Which key of the key store.");
    static final ConfigurationKey<ProxySettings> PROXY = optional(PREFIX + "proxy", Types.PROXY, "the JVM's", RARELY,
            "Proxy to go through: socks5://user@host:port or http://user@host:port.");
    static final ConfigurationKey<Secret> PROXY_PASSWORD_FILE = optional(PREFIX + "proxy-password-file",
            ConfigurationType.secretFile(Secret::password), "none", RARELY, "File with the password for the proxy.");

    static final ConfigurationKey<Integer> MAX_CONNECTIONS = as(MailroomKeys.MAX_CONNECTIONS, OFTEN);
    static final ConfigurationKey<Integer> MIN_IDLE = as(MailroomKeys.MIN_IDLE, OFTEN);
    static final ConfigurationKey<Duration> IDLE_TIMEOUT = as(MailroomKeys.IDLE_TIMEOUT, RARELY);
    static final ConfigurationKey<Duration> MAX_LIFETIME = as(MailroomKeys.MAX_LIFETIME, RARELY);
    static final ConfigurationKey<Integer> MAX_USES = as(MailroomKeys.MAX_USES, RARELY);
    static final ConfigurationKey<Duration> VALIDATE_AFTER_IDLE = as(MailroomKeys.VALIDATE_AFTER_IDLE, RARELY);
    static final ConfigurationKey<Boolean> PIPELINING = as(MailroomKeys.PIPELINING, RARELY);
    static final ConfigurationKey<Boolean> CHUNKING = as(MailroomKeys.CHUNKING, RARELY);
    static final ConfigurationKey<String> EHLO_NAME = as(MailroomKeys.EHLO_NAME, OFTEN);
    static final ConfigurationKey<Duration> GREETING = as(MailroomKeys.GREETING, RARELY);
    static final ConfigurationKey<Duration> CONNECT = as(MailroomKeys.CONNECT, RARELY);
    static final ConfigurationKey<Duration> REPLY = as(MailroomKeys.REPLY, RARELY);
    static final ConfigurationKey<Duration> FINAL_REPLY = as(MailroomKeys.FINAL_REPLY, RARELY);
    static final ConfigurationKey<Duration> WRITE = as(MailroomKeys.WRITE, RARELY);
    static final ConfigurationKey<Duration> SEND = as(MailroomKeys.SEND, RARELY);

    /** Those that may hold the session's secret: one of them at most. */
    static final List<ConfigurationKey<Secret>> SECRETS =
            List.of(PASSWORD, PASSWORD_FILE, ACCESS_TOKEN, ACCESS_TOKEN_FILE);

    /** All of them, in the order of the table. */
    static final List<ConfigurationKey<?>> ALL = Stream.of(
            List.of(PRESET, SERVER, PORT, TLS, USERNAME, PASSWORD, PASSWORD_FILE, ACCESS_TOKEN, ACCESS_TOKEN_FILE),
            OAUTH.all(),
            List.of(ASYNCHRONOUS, FROM, REPLY_TO, ENVELOPE_SENDER, BOUNCES, ROLES, TRUST, KEY_STORE,
                    KEY_STORE_PASSWORD, KEY_STORE_PASSWORD_FILE, KEY_ALIAS, PROXY, PROXY_PASSWORD_FILE,
                    MAX_CONNECTIONS, MIN_IDLE, IDLE_TIMEOUT, MAX_LIFETIME, MAX_USES, VALIDATE_AFTER_IDLE, PIPELINING,
                    CHUNKING, EHLO_NAME, CONNECT, GREETING, REPLY, FINAL_REPLY, WRITE, SEND))
            .<ConfigurationKey<?>>flatMap(List::stream).toList();

    private SessionKeys() {
    }

    private static <T> ConfigurationKey<T> as(ConfigurationKey<T> whole, Tier tier) {
        String suffix = whole.name().replaceFirst("mailroom\\.(pool\\.|dialogue\\.|)", "");
        return optional(PREFIX + suffix, whole.type(), "the application's", tier,
                "As `" + whole + "`, for this session.");
    }

    /** What follows the session's name. */
    static String suffix(ConfigurationKey<?> key) {
        return key.name().substring(PREFIX.length());
    }
}
