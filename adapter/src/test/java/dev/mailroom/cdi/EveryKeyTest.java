package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationType;
import dev.mailroom.oauth.OauthSettings;
import dev.mailroom.oauth.OauthTokens;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.secret.SecretOrigin;
import dev.mailroom.session.NamedSession;
import dev.mailroom.session.SessionsSettings.Scope;
import dev.mailroom.testing.TestCertificates;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key of the table changes exactly what it says; one row a key. */
class EveryKeyTest {
    @TempDir
    private static Path folder;

    /** A key, a value that is not its default, what else must be set, where it ends up and as what. */
    private record Row(ConfigurationKey<?> key, String value, List<String> beside,
            Function<MailroomSettings, Object> place, Object expected) {
        MapConfig config(String text) {
            MapConfig config = MapConfig.of(beside.toArray(String[]::new));
            return config.and(key.name().replace("<name>", "billing"), text);
        }

        @Override
        public String toString() {
            return key.name();
        }
    }

    private static Row whole(ConfigurationKey<?> key, String value, Function<MailroomSettings, Object> place,
            Object expected, String... beside) {
        return new Row(key, value, List.of(beside), place, expected);
    }

    private static Row ofSession(ConfigurationKey<?> key, String value, Function<NamedSession, Object> place,
            Object expected, String... beside) {
        List<String> with = Stream.concat(Stream.of("mailroom.session.billing.username", "carol",
                "mailroom.session.billing.server", "smtp.example.org"), Stream.of(beside)).toList();
        return new Row(key, value, with, settings -> place.apply(settings.namedSessions().get(0)), expected);
    }

    private static Row wire(ConfigurationKey<?> key, String value, Function<SmtpSettings, Object> place,
            Object expected, String... beside) {
        return ofSession(key, value, session -> place.apply(session.settings()), expected, beside);
    }

    /** A row of a session or a mailbox. */
    private interface RowOf {
        Row of(ConfigurationKey<?> key, String value, Function<SmtpSettings, Object> place, Object expected,
                String... beside);
    }

    private static List<Row> tokens(OauthKeys keys, String file, RowOf rows) {
        OauthSettings usual = new OauthSettings(URI.create("https://a.example.org/t"), "id",
                Secret.password("s3cret"), Secret.password("r"), "", OauthSettings.TIMEOUT);
        URI other = URI.create("https://b.example.org/t");
        Secret none = Secret.none();
        return List.of(
                tokens(keys, rows, keys.tokenUrl(), other.toString(), new OauthSettings(other, "id",
                        usual.clientSecret(), none, "", usual.timeout()), keys.clientSecret()),
                tokens(keys, rows, keys.clientId(), "me", new OauthSettings(usual.tokenUrl(), "me",
                        usual.clientSecret(), none, "", usual.timeout()), keys.clientSecret()),
                tokens(keys, rows, keys.clientSecret(), "s3cret", usual, keys.refreshToken()),
                tokens(keys, rows, keys.clientSecretFile(), file, new OauthSettings(usual.tokenUrl(), "id",
                        followed(file), usual.refreshToken(), "", usual.timeout()), keys.refreshToken()),
                tokens(keys, rows, keys.refreshToken(), "r", usual, keys.clientSecret()),
                tokens(keys, rows, keys.refreshTokenFile(), file, new OauthSettings(usual.tokenUrl(), "id",
                        usual.clientSecret(), followed(file), "", usual.timeout()), keys.clientSecret()),
                tokens(keys, rows, keys.scope(), "mail send", new OauthSettings(usual.tokenUrl(), "id",
                        usual.clientSecret(), none, "mail send", usual.timeout()), keys.clientSecret()),
                tokens(keys, rows, keys.timeout(), "3s", new OauthSettings(usual.tokenUrl(), "id",
                        usual.clientSecret(), none, "", Duration.ofSeconds(3)), keys.clientSecret()));
    }

    /** Each pair of settings gives tokens of another origin. */
    private static Row tokens(OauthKeys keys, RowOf rows, ConfigurationKey<?> key, String value,
            OauthSettings expected, ConfigurationKey<Secret> beside) {
        return rows.of(key, value, s -> s.secret().origin().map(SecretOrigin::name).orElse("none"),
                OauthTokens.secret(expected, Clock.systemUTC()).origin().orElseThrow().name(),
                spelt(keys.tokenUrl()), "https://a.example.org/t", spelt(keys.clientId()), "id",
                spelt(beside), beside == keys.clientSecret() ? "s3cret" : "r");
    }

    private static String spelt(ConfigurationKey<?> key) {
        return key.name().replace("<name>", "billing");
    }

    private static Secret followed(String file) {
        return ConfigurationType.secretFile(Secret::password).parse(file);
    }

    static Stream<Row> rows() throws Exception {
        String secretFile = Files.writeString(folder.resolve("secret"), "from the file\n").toString();
        String store = Files.writeString(folder.resolve("store.p12"), "").toString();
        String trustStore = MailroomKeys.TRUST_STORE.name();
        String tls = "mailroom.session.billing.tls";
        String keys = TestCertificates.get().keyStore().toString();
        String keyStore = "mailroom.session.billing.key-store";
        String keyPassword = keyStore + "-password";
        String keyAlias = "mailroom.session.billing.key-alias";
        String keyPasswordFile = Files.writeString(folder.resolve("key-password"), "changeit\n").toString();
        return Stream.of(List.of(
                whole(MailroomKeys.MAX_TOTAL, "7", s -> s.pool().maxTotal(), 7),
                whole(MailroomKeys.MAX_CONNECTIONS, "9", s -> s.limits().maxConnections(), 9),
                whole(MailroomKeys.MAX_WAIT, "PT1M", s -> s.pool().maxWait(), Duration.ofMinutes(1)),
                whole(MailroomKeys.IDLE_TIMEOUT, "7s", s -> s.limits().idleTimeout(), Duration.ofSeconds(7)),
                whole(MailroomKeys.MAX_LIFETIME, "2h", s -> s.limits().maxLifetime(), Duration.ofHours(2)),
                whole(MailroomKeys.MIN_IDLE, "2", s -> s.limits().minIdle(), 2),
                whole(MailroomKeys.MAX_OPENINGS, "3", s -> s.pool().maxOpenings(), 3),
                whole(MailroomKeys.VALIDATE_AFTER_IDLE, "0", s -> s.limits().validateAfterIdle(), Duration.ZERO),
                whole(MailroomKeys.SWEEP_INTERVAL, "250ms", s -> s.pool().sweepInterval(), Duration.ofMillis(250)),
                whole(MailroomKeys.LEAK_AFTER, "1d", s -> s.pool().leakAfter(), Duration.ofDays(1)),
                whole(MailroomKeys.LEAK_STACKS, "on", s -> s.pool().leakStacks(), true,
                        "mailroom.pool.leak-after", "1m"),
                whole(MailroomKeys.CLOSE_GRACE, "3s", s -> s.pool().closeGrace(), Duration.ofSeconds(3)),
                whole(MailroomKeys.REGROW_INTERVAL, "4s", s -> s.pool().regrowInterval(), Duration.ofSeconds(4)),
                whole(MailroomKeys.MAX_USES, "100", s -> s.limits().maxUses(), 100),
                whole(MailroomKeys.CONNECT, "4s", s -> s.timeouts().connect(), Duration.ofSeconds(4)),
                whole(MailroomKeys.GREETING, "3s", s -> s.timeouts().greeting(), Duration.ofSeconds(3)),
                whole(MailroomKeys.REPLY, "5s", s -> s.timeouts().reply(), Duration.ofSeconds(5)),
                whole(MailroomKeys.FINAL_REPLY, "7m", s -> s.timeouts().finalReply(), Duration.ofMinutes(7)),
                whole(MailroomKeys.REPLY_CEILING, "15m", MailroomSettings::replyCeiling, Duration.ofMinutes(15)),
                whole(MailroomKeys.SEND, "0", s -> s.timeouts().send(), Duration.ZERO),
                whole(MailroomKeys.WRITE, "6s", s -> s.timeouts().write(), Duration.ofSeconds(6)),
                whole(MailroomKeys.ALLOWED_HOSTS, "*.example.org, mail.example.com:587",
                        s -> s.security().allowedHosts(), List.of("*.example.org", "mail.example.com:587")),
                whole(MailroomKeys.PLAIN_CREDENTIALS, "refuse", s -> s.security().plainCredentials(), false),
                whole(MailroomKeys.UNAUTHENTICATED_FALLBACK, "refuse", s -> s.dialogue().unauthenticatedFallback(),
                        false),
                whole(MailroomKeys.TRUST_STORE, store, MailroomSettings::trustStores,
                        List.of(new TrustStore(Path.of(store), Secret.none()))),
                whole(MailroomKeys.TRUST_STORE_PASSWORD, "changeit", s -> s.trustStores().get(0).password(),
                        Secret.password("changeit"), trustStore, store),
                whole(MailroomKeys.TRUST_STORE_PASSWORD_FILE, secretFile,
                        s -> s.trustStores().get(0).password().value(), "from the file", trustStore, store),
                whole(MailroomKeys.SCOPE, "application", s -> s.sessions().scope(), Scope.APPLICATION),
                whole(MailroomKeys.SESSION_IDLE_TIMEOUT, "20m", s -> s.sessions().idleTimeout(),
                        Duration.ofMinutes(20)),
                whole(MailroomKeys.MAX_SESSIONS, "5", s -> s.sessions().maxSessions(), 5),
                whole(MailroomKeys.MAX_SESSIONS_PER_CALLER, "4", s -> s.sessions().maxPerCaller(), 4),
                whole(MailroomKeys.MAX_MESSAGE, "1MiB", MailroomSettings::maxMessage, 1L << 20),
                whole(MailroomKeys.PIPELINING, "off", s -> s.dialogue().pipelining(), false),
                whole(MailroomKeys.CHUNKING, "off", s -> s.dialogue().chunking(), false),
                whole(MailroomKeys.EHLO_NAME, "mail.example.org", s -> s.dialogue().ehloName(), "mail.example.org"),
                whole(MailroomKeys.REDIRECT_ALL_TO, "test@example.org", s -> s.staging().redirectTo(),
                        "test@example.org"),
                whole(MailroomKeys.ALLOWED_RECIPIENTS, "*@example.org, ann@x.org", s -> s.staging().allowed(),
                        List.of("*@example.org", "ann@x.org")),
                whole(MailroomKeys.HEALTH_REQUIRED, "on", s -> s.health().required(), true),
                whole(MailroomKeys.HEALTH_INTERVAL, "6s", s -> s.health().interval(), Duration.ofSeconds(6)),
                whole(MailroomKeys.CONNECTION_FACTORY, "eis/mail", MailroomSettings::connectionFactory, "eis/mail"),

                wire(SessionKeys.PRESET, "sendgrid", s -> s.limits().maxUses(), 5000),
                wire(SessionKeys.SERVER, "other.example.org", SmtpSettings::host, "other.example.org"),
                wire(SessionKeys.PORT, "2525", SmtpSettings::port, 2525),
                wire(SessionKeys.TLS, "implicit", SmtpSettings::tls, TlsMode.IMPLICIT),
                wire(SessionKeys.USERNAME, "dave", SmtpSettings::user, "dave"),
                wire(SessionKeys.PASSWORD, " s3cret ", SmtpSettings::secret, Secret.password(" s3cret ")),
                wire(SessionKeys.PASSWORD_FILE, secretFile, s -> s.secret().value(), "from the file"),
                wire(SessionKeys.ACCESS_TOKEN, "ya29", SmtpSettings::secret, Secret.accessToken("ya29")),
                wire(SessionKeys.ACCESS_TOKEN_FILE, secretFile, s -> s.secret().kind() + s.secret().value(),
                        "ACCESS_TOKENfrom the file")),
                tokens(SessionKeys.OAUTH, secretFile, EveryKeyTest::wire), List.of(
                ofSession(SessionKeys.ASYNCHRONOUS, "on", NamedSession::asynchronous, true),
                ofSession(SessionKeys.FROM, "Billing <b@example.org>", s -> s.defaults().from(),
                        "Billing <b@example.org>"),
                ofSession(SessionKeys.REPLY_TO, "a@example.org", s -> s.defaults().replyTo(), "a@example.org"),
                ofSession(SessionKeys.ENVELOPE_SENDER, "b+{id}@example.org", s -> s.defaults().envelopeSender(),
                        "b+{id}@example.org"),
                whole(SessionKeys.BOUNCES, "back", s -> s.mailboxes().bounces(), Map.of("back", Set.of("billing")),
                        "mailroom.session.billing.server", "smtp.example.org", "mailroom.mailbox.back.server",
                        "imap.example.org", "mailroom.mailbox.back.password", "hush"),
                ofSession(SessionKeys.ROLES, "clerk, accountant", NamedSession::roles, Set.of("clerk", "accountant")),
                wire(SessionKeys.TRUST, "own", SmtpSettings::trust, TrustMode.OWN, tls, "starttls"),
                wire(SessionKeys.KEY_STORE, keys, s -> s.clientKey().store(), Path.of(keys)),
                wire(SessionKeys.KEY_STORE_PASSWORD, "changeit", s -> s.clientKey().password(),
                        Secret.password("changeit"), keyStore, keys, keyAlias, "good"),
                wire(SessionKeys.KEY_STORE_PASSWORD_FILE, keyPasswordFile, s -> s.clientKey().password().value(),
                        "changeit", keyStore, keys, keyAlias, "good"),
                wire(SessionKeys.KEY_ALIAS, "good", s -> s.clientKey().alias(), "good", keyStore, keys, keyPassword,
                        "changeit"),
                wire(SessionKeys.PROXY, "socks5://ann@proxy.test:1080", s -> s.proxy().toString(),
                        "socks5://ann@proxy.test:1080"),
                wire(SessionKeys.PROXY_PASSWORD_FILE, secretFile, s -> s.proxy().password().value(),
                        "from the file", "mailroom.session.billing.proxy",
                        "http://ann@proxy.test:3128"),
                wire(SessionKeys.MAX_CONNECTIONS, "2", s -> s.limits().maxConnections(), 2),
                wire(SessionKeys.MIN_IDLE, "1", s -> s.limits().minIdle(), 1),
                wire(SessionKeys.IDLE_TIMEOUT, "7s", s -> s.limits().idleTimeout(), Duration.ofSeconds(7)),
                wire(SessionKeys.MAX_LIFETIME, "1h", s -> s.limits().maxLifetime(), Duration.ofHours(1)),
                wire(SessionKeys.MAX_USES, "50", s -> s.limits().maxUses(), 50),
                wire(SessionKeys.VALIDATE_AFTER_IDLE, "9s", s -> s.limits().validateAfterIdle(),
                        Duration.ofSeconds(9)),
                wire(SessionKeys.PIPELINING, "off", s -> s.dialogue().pipelining(), false),
                wire(SessionKeys.CHUNKING, "off", s -> s.dialogue().chunking(), false),
                wire(SessionKeys.EHLO_NAME, "[192.0.2.1]", s -> s.dialogue().ehloName(), "[192.0.2.1]"),
                wire(SessionKeys.CONNECT, "1s", s -> s.timeouts().connect(), Duration.ofSeconds(1)),
                wire(SessionKeys.GREETING, "9s", s -> s.timeouts().greeting(), Duration.ofSeconds(9)),
                wire(SessionKeys.REPLY, "2s", s -> s.timeouts().reply(), Duration.ofSeconds(2)),
                wire(SessionKeys.FINAL_REPLY, "8m", s -> s.timeouts().finalReply(), Duration.ofMinutes(8)),
                wire(SessionKeys.WRITE, "3s", s -> s.timeouts().write(), Duration.ofSeconds(3)),
                wire(SessionKeys.SEND, "4s", s -> s.timeouts().send(), Duration.ofSeconds(4)),

                server(MailboxKeys.PROTOCOL, "pop3", s -> s.identity().protocol(), MailProtocol.POP3),
                server(MailboxKeys.SERVER, "imap.example.com", SmtpSettings::host, "imap.example.com"),
                server(MailboxKeys.PORT, "1143", SmtpSettings::port, 1143),
                server(MailboxKeys.TLS, "implicit", SmtpSettings::tls, TlsMode.IMPLICIT),
                server(MailboxKeys.USERNAME, "dave", SmtpSettings::user, "dave"),
                secret(MailboxKeys.PASSWORD, " s3cret ", " s3cret "),
                secret(MailboxKeys.PASSWORD_FILE, secretFile, "from the file"),
                secret(MailboxKeys.ACCESS_TOKEN, "ya29", "ya29"),
                secret(MailboxKeys.ACCESS_TOKEN_FILE, secretFile, "from the file")),
                tokens(MailboxKeys.OAUTH, secretFile, EveryKeyTest::server), List.of(
                server(MailboxKeys.TRUST, "own", SmtpSettings::trust, TrustMode.OWN, "mailroom.mailbox.billing.tls",
                        "starttls"),
                ofMailbox(MailboxKeys.ROLES, "clerk, accountant", NamedMailbox::roles, Set.of("clerk", "accountant")),
                ofMailbox(MailboxKeys.FOLDER, "Tickets", m -> m.settings().folder(), "Tickets"),
                arrival(MailboxKeys.INTERVAL, "9s", ArrivalSettings::interval, Duration.ofSeconds(9)),
                arrival(MailboxKeys.IDLE, "off", ArrivalSettings::idle, false),
                arrival(MailboxKeys.MAX_DELIVERIES, "3", ArrivalSettings::maxDeliveries, 3),
                arrival(MailboxKeys.DONE, "delete", ArrivalSettings::done, ArrivalSettings.Done.DELETE),
                arrival(MailboxKeys.DONE_FOLDER, "Answered", ArrivalSettings::doneFolder, "Answered",
                        "mailroom.mailbox.billing.done", "move"),
                arrival(MailboxKeys.DEAD_LETTER_FOLDER, "Dead", ArrivalSettings::deadLetterFolder, "Dead")))
                .flatMap(List::stream);
    }

    private static Row ofMailbox(ConfigurationKey<?> key, String value, Function<NamedMailbox, Object> place,
            Object expected, String... beside) {
        String prefix = "mailroom.mailbox.billing.";
        List<String> with = new ArrayList<>(List.of(beside));
        with.addAll(List.of(prefix + "server", "imap.example.org"));
        if (MailboxKeys.SECRETS.stream().noneMatch(key::equals) && !MailboxKeys.OAUTH.all().contains(key)) {
            with.addAll(List.of(prefix + "password", "hush"));
        }
        return new Row(key, value, with, settings -> place.apply(settings.mailboxes().all().get(0)), expected);
    }

    private static Row server(ConfigurationKey<?> key, String value, Function<SmtpSettings, Object> place,
            Object expected, String... beside) {
        return ofMailbox(key, value, mailbox -> place.apply(mailbox.settings().server()), expected, beside);
    }

    private static Row arrival(ConfigurationKey<?> key, String value, Function<ArrivalSettings, Object> place,
            Object expected, String... beside) {
        return ofMailbox(key, value, mailbox -> place.apply(mailbox.arrival()), expected, beside);
    }

    private static Row secret(ConfigurationKey<?> key, String value, String expected) {
        return ofMailbox(key, value, mailbox -> mailbox.settings().server().secret().value(), expected);
    }

    @Test
    void everyKeyOfTheTableHasARowHere() throws Exception {
        assertEquals(Stream.of(MailroomKeys.ALL, SessionKeys.ALL, MailboxKeys.ALL).flatMap(List::stream)
                        .map(Object::toString).toList(),
                rows().map(Row::toString).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aValueSetArrivesInTheSettings(Row row) {
        assertEquals(row.expected, row.place.apply(Reading.read(row.config(row.value)).settings()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aValueNotSetLeavesAnotherOneInForce(Row row) {
        if (MailboxKeys.SECRETS.contains(row.key)) {
            assertTrue(Reading.problems(MapConfig.of(row.beside.toArray(String[]::new))).get(0)
                    .startsWith("mailroom.mailbox.billing.password is missing"));
            return;
        }
        boolean optionalPart = row.key == MailroomKeys.TRUST_STORE;
        var without = Reading.read(MapConfig.of(row.beside.toArray(String[]::new))).settings();
        assertNotEquals(row.expected, optionalPart ? without.trustStores() : row.place.apply(without));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aKeySetToNothingIsRefused(Row row) {
        String problem = String.join(" ", Reading.problems(row.config("")));
        assertTrue(problem.contains(row.key.name().replace("<name>", "billing") + " is set to nothing"), problem);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aValueThatCannotBeMeantIsRefusedWithItsKeyAndWhatIsExpected(Row row) {
        String bad = "\u0000 nonsense @/";
        List<String> problems = Reading.problems(row.config(bad));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith(row.key.name().replace("<name>", "billing")), problems.get(0));
        assertTrue(problems.get(0).contains(": ") && problems.get(0).contains("expected")
                || problems.get(0).contains("must not contain"), problems.get(0));
    }
}
