package dev.mailroom.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.ScriptedSmtpServerBuilder;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.TestCertificates;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH on the wire: which mechanism, how long a line, and what a refusal means. */
@Timeout(180)
class LoginTest {
    private final SocketTransportFactory factory = Sessions.trusting();

    @AfterEach
    void end() {
        factory.close();
    }

    private static ScriptedSmtpServerBuilder offering(String... mechanisms) {
        return ScriptedSmtpServer.builder().user("bob", "hunter-two").token("bob", "hunter-two")
                .mechanisms(mechanisms);
    }

    private static SmtpSettings settings(ScriptedSmtpServer server) {
        return Sessions.to(server).withSecret(Secret.password("hunter-two"));
    }

    private void open(SmtpSettings settings) throws SmtpException {
        SmtpTransport link = factory.open(settings, Deadline.NEVER);
        assertTrue(link.authenticated());
        link.close();
    }

    @ParameterizedTest
    @CsvSource({"SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN, SCRAM-SHA-256, false",
        "SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN, SCRAM-SHA-256-PLUS, true",
        "LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1, SCRAM-SHA-1, false", "LOGIN PLAIN SCRAM-SHA-1, SCRAM-SHA-1, true",
        "LOGIN PLAIN CRAM-MD5, CRAM-MD5, false", "LOGIN PLAIN CRAM-MD5, PLAIN, true", "CRAM-MD5, CRAM-MD5, true",
        "LOGIN, LOGIN, true"})
    void theStrongestMechanismOnOfferLogsIn(String offer, String chosen, boolean tls) throws SmtpException {
        var builder = offering(offer.split(" "));
        try (var server = (tls ? builder.startTls(TestCertificates.get().good()) : builder).start()) {
            open(settings(server).withTls(tls ? TlsMode.STARTTLS : TlsMode.NONE));
            assertEquals(List.of(new AuthAttempt(chosen, "bob", "hunter-two", true)), server.authAttempts());
        }
    }

    @ParameterizedTest
    @CsvSource({"OAUTHBEARER XOAUTH2, OAUTHBEARER", "XOAUTH2, XOAUTH2"})
    void anAccessTokenGoesOverTheStandardsMechanismFirst(String offer, String chosen) throws SmtpException {
        try (var server = offering(offer.split(" ")).start()) {
            open(settings(server).withSecret(Secret.accessToken("hunter-two")));
            assertEquals(List.of(new AuthAttempt(chosen, "bob", "hunter-two", true)), server.authAttempts());
            Failure failure = Sessions.refusal(factory, settings(server).withSecret(Secret.accessToken("stale")));
            assertEquals(535, failure.reply().code());
            assertEquals(2, server.authAttempts().size());
        }
    }

    @Test
    void aChallengeThatLooksLikeThePasswordIsAnsweredAsItCame() throws Exception {
        String challenge = Base64.getEncoder().encodeToString("<1@x.org>".getBytes(US_ASCII));
        try (var server = offering("CRAM-MD5").on(Step.AUTH, Action.reply("334 " + challenge)).start()) {
            Failure failure = Sessions.refusal(factory, settings(server).withSecret(Secret.password(challenge)));
            assertFalse(failure.message().contains(challenge), failure.message());
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(challenge.getBytes(US_ASCII), "HmacMD5"));
            String digest = HexFormat.of().formatHex(mac.doFinal("<1@x.org>".getBytes(US_ASCII)));
            List<String> said = server.connection(1).commands();
            assertEquals("bob " + digest, new String(Base64.getDecoder().decode(said.get(said.size() - 1)), US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"})
    void aWrongPasswordIsTriedExactlyOnce(String strongest) {
        try (var server = offering(strongest, "LOGIN").start()) {
            Failure failure = Sessions.refusal(factory, settings(server).withSecret(Secret.password("wrong")));
            assertEquals(535, failure.reply().code());
            assertTrue(failure.message().contains("check the user name and the password"), failure.message());
            assertEquals(1, server.authAttempts().size());
        }
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, 504 5.5.4 Unknown", "SCRAM-SHA-256, 504 5.7.4 Unknown", "CRAM-MD5, 504 Unknown",
        "PLAIN, 501 5.5.4 Unknown"})
    void aMechanismThatTheServerDoesNotKnowAfterAllIsFollowedByTheNext(String unknown, String reply)
            throws SmtpException {
        try (var server = offering(unknown, "LOGIN").reply(Step.AUTH, unknown, reply).start()) {
            open(settings(server));
            AuthAttempt last = server.authAttempts().get(server.authAttempts().size() - 1);
            assertEquals(new AuthAttempt("LOGIN", "bob", "hunter-two", true), last);
        }
    }

    @Test
    void whereNoMechanismIsKnownThePasswordIsNotBlamed() {
        try (var server = offering("PLAIN", "LOGIN").reply(Step.AUTH, "504 5.5.4 Unknown").start()) {
            Failure failure = Sessions.refusal(factory, settings(server));
            assertEquals(504, failure.reply().code());
            assertFalse(failure.message().contains("check the user name"), failure.message());
        }
    }

    @Test
    void aServerThatWantsTlsFirstIsNotAboutThePassword() {
        try (var server = offering("PLAIN").reply(Step.AUTH, "530 5.7.0 Must issue STARTTLS first").start()) {
            Failure failure = Sessions.refusal(factory, settings(server));
            assertEquals(Phase.AUTH, failure.phase());
            assertTrue(failure.message().contains("use STARTTLS"), failure.message());
            assertFalse(failure.message().contains("check"), failure.message());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"334 ", "334", "334 Log on"})
    void anEmptyOrMeaninglessChallengeToPlainGetsTheCredentials(String challenge) throws SmtpException {
        try (var server = offering("PLAIN").on(Step.AUTH, Action.reply(challenge).countsAs(334))
                .script(occasion -> occasion.step() == Step.OTHER ? Optional.of(Action.reply("235 2.7.0 Ok"))
                        : Optional.empty()).start()) {
            open(settings(server));
        }
    }

    @ParameterizedTest
    @CsvSource({"XOAUTH2, auth=Bearer hunter-two", "OAUTHBEARER, auth=Bearer hunter-two", "SCRAM-SHA-256, n=bob"})
    void anInitialResponseThatWasOverlookedIsGivenAgain(String mechanism, String part) {
        try (var server = offering(mechanism).on(Step.AUTH, Action.reply("334 ").countsAs(334)).start()) {
            Sessions.refusal(factory, settings(server).withSecret(mechanism.startsWith("SCRAM")
                    ? Secret.password("hunter-two") : Secret.accessToken("hunter-two")));
            String answer = server.connection(1).commands().get(2);
            String said = new String(Base64.getDecoder().decode(answer), US_ASCII);
            assertTrue(said.contains(part), said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"XOAUTH2", "OAUTHBEARER", "PLAIN"})
    void aLongCommandGoesWithoutItsInitialResponse(String mechanism) throws SmtpException {
        String secret = "x".repeat(900);
        try (var server = ScriptedSmtpServer.builder().user("bob", secret).token("bob", secret).mechanisms(mechanism)
                .start()) {
            open(Sessions.to(server).withSecret(mechanism.equals("PLAIN") ? Secret.password(secret)
                    : Secret.accessToken(secret)));
            assertEquals(List.of(new AuthAttempt(mechanism, "bob", secret, true)), server.authAttempts());
            assertEquals("AUTH " + mechanism, server.connection(1).commands().get(1));
        }
    }

    @Test
    void aServerThatAcceptsScramWithoutProofIsNotTrusted() {
        try (var server = offering("SCRAM-SHA-256").reply(Step.AUTH, "235 2.7.0 Sure").start()) {
            Failure failure = Sessions.refusal(factory, settings(server));
            assertTrue(failure.message().contains("without proving"), failure.message());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void anUnusablePasswordOpensUnauthenticatedAndTheConnectionKnows() throws SmtpException {
        try (var server = offering("GSSAPI").authOptional().start()) {
            SmtpTransport link = factory.open(settings(server), Deadline.NEVER);
            assertFalse(link.authenticated());
            link.close();
        }
    }
}
