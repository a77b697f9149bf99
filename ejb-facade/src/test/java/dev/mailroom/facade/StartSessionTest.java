package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.facade.MailError.Code;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartSessionTest {
    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;

    private SmtpSettings started() {
        assertEquals("", facade.errorInfo());
        return bench.sessions.settings(Caller.ANONYMOUS, "user");
    }

    private void assertRefused(boolean result, Code code, String... parts) {
        assertFalse(result);
        assertTrue(facade.errorOccurred());
        assertEquals(code, facade.lastError().orElseThrow().code());
        for (String part : parts) {
            assertTrue(facade.errorInfo().contains(part), facade.errorInfo());
        }
    }

    @Test
    void theShortFormIsPortTwentyFivePlainAndUnauthenticated() {
        assertTrue(facade.emailStartSMTPSession("user", "host"));
        assertEquals(SmtpSettings.of("user", "host", 25), started());
    }

    @Test
    void aPasswordMeansAuthenticationAndAnEmptyOneNone() {
        assertTrue(facade.emailStartSMTPSession("user", "secret", "host"));
        assertEquals(Secret.password("secret"), started().secret());
        assertTrue(facade.emailStartSMTPSession("user", "", "host", 2525));
        assertEquals(Secret.none(), started().secret());
        assertEquals(2525, started().port());
        assertTrue(facade.emailStartSMTPSession("user", null, "host"));
        assertEquals(Secret.none(), started().secret());
        assertTrue(facade.emailStartSMTPSession("user", "host", 26));
        assertEquals(26, started().port());
    }

    @Test
    void eachOptionIsItsTlsMode() {
        for (var option : EmailOption.values()) {
            assertTrue(facade.emailStartSMTPSession("user", "pw", "host", 587, false, option));
            assertEquals(switch (option) {
                case EMAIL_OPTION_DEFAULT -> TlsMode.NONE;
                case EMAIL_OPTION_SECURED_TLS, EMAIL_PROTOCOL_SMTPS -> TlsMode.STARTTLS;
                case OPTION_SSL -> TlsMode.IMPLICIT;
            }, started().tls());
        }
    }

    @Test
    void theTypedFormMeansTheSame() {
        var session = new EmailSMTPSession();
        session.setName("user");
        session.setServerAddress("host");
        session.setPort(465);
        session.setPassword("pw");
        session.setOption(EmailOption.OPTION_SSL);
        assertTrue(facade.emailStartSession(session));
        assertEquals(SmtpSettings.of("user", "host", 465).withSecret(Secret.password("pw")).withTls(TlsMode.IMPLICIT),
                started());
        session.setAuthToken("token");
        assertTrue(facade.emailStartSession(session));
        assertEquals(Secret.accessToken("token"), started().secret());
        assertTrue(facade.emailSendMessage(session, Bench.email()));
        facade.emailCloseSession(session);
        assertFalse(facade.errorOccurred());
        facade.emailCloseSession(session);
        assertTrue(facade.errorOccurred());
    }

    @Test
    void argumentsThatCannotBeAreNamedWithTheirValueAndWhatToDo() {
        assertRefused(facade.emailStartSMTPSession(null, "host"), Code.BAD_ARGUMENT, "<Username> is null", "pass");
        assertRefused(facade.emailStartSMTPSession(" ", "host"), Code.BAD_ARGUMENT, "<Username> is blank");
        assertRefused(facade.emailStartSMTPSession("u\r\nRSET", "host"), Code.BAD_ARGUMENT, "<Username>", "position 1");
        assertRefused(facade.emailStartSMTPSession("user", null, null), Code.BAD_ARGUMENT, "<SMTP server> is null");
        assertRefused(facade.emailStartSMTPSession("user", ""), Code.BAD_ARGUMENT, "<SMTP server> is blank");
        assertRefused(facade.emailStartSMTPSession("user", "h\nx"), Code.BAD_ARGUMENT, "<SMTP server>", "CR, LF");
        for (int port : new int[] {0, -1, 65536, 70000}) {
            assertRefused(facade.emailStartSMTPSession("user", "host", port), Code.BAD_ARGUMENT,
                    "<Port> is " + port, "between 1 and 65535");
        }
        assertRefused(facade.emailStartSMTPSession("user", "p\nw", "host"), Code.BAD_ARGUMENT, "password", "CR, LF");
        assertFalse(facade.errorInfo().contains("p\nw"));
        assertRefused(facade.emailStartSMTPSession("user", "", "host", 25, null, EmailOption.OPTION_SSL),
                Code.BAD_ARGUMENT, "<Asynchronous> is null");
        assertRefused(facade.emailStartSMTPSession("user", "", "host", 25, false, null),
                Code.BAD_ARGUMENT, "<Option> is null");
        assertRefused(facade.emailStartSession((EmailSMTPSession) null), Code.BAD_ARGUMENT, "<Session> is null");
    }

    @Test
    void aFailureOnTheWireIsShownWithAllItsFacts() {
        bench.sessions.startFailure = new SmtpException(Failure.before(
                Phase.CONNECT, "connecting to host:25 was refused", SmtpSettings.of("user", "host", 25)));
        assertRefused(facade.emailStartSMTPSession("user", "host"), Code.SMTP, "connecting to host:25 was refused");
        assertEquals("4", facade.errorInfo(ErrorInfoPart.ERR_CODE));
        String details = facade.errorInfo(ErrorInfoPart.ERR_FULL_DETAILS);
        assertTrue(details.contains("\nphase: CONNECT\nhost: host\nport: 25\ndelivery: NOT_SENT"), details);
    }

    @Test
    void whatTheAdministratorForbidsIsToldApartFromWhatIsNotThere() {
        bench.sessions.startFailure = new SessionRefusedException(Reason.FORBIDDEN, "host is not allowed");
        assertRefused(facade.emailStartSMTPSession("user", "host"), Code.FORBIDDEN, "host is not allowed");
        assertRefused(facade.emailSendMessage("user", Bench.email()), Code.NO_SUCH_SESSION, "no session user");
        facade.emailCloseSession("user");
        assertRefused(false, Code.NO_SUCH_SESSION, "no session user");
    }

    @Test
    void timeoutAndTrustModeServeTheSessionsStartedAfterwards() {
        assertTrue(facade.emailSetTimeOut(42));
        assertEquals(42, facade.emailGetTimeOut());
        assertTrue(facade.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 1));
        assertTrue(facade.emailStartSMTPSession("user", "host"));
        assertEquals(Duration.ofSeconds(42), started().timeouts().reply());
        assertEquals(TrustMode.OWN, started().trust());
        assertTrue(facade.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 0));
        assertTrue(facade.emailStartSMTPSession("user", "host"));
        assertEquals(TrustMode.SERVER, started().trust());
    }

    @Test
    void aTimeoutOutOfRangeIsAnErrorAndChangesNothing() {
        assertTrue(facade.emailSetTimeOut(42));
        for (int seconds : new int[] {0, -5, 901, Integer.MAX_VALUE}) {
            assertRefused(facade.emailSetTimeOut(seconds), Code.BAD_ARGUMENT, "is " + seconds, "between 1 and 900");
            assertEquals(42, facade.emailGetTimeOut());
        }
        assertTrue(facade.emailSetTimeOut(900));
    }

    @Test
    void unknownParametersAndModesAreErrors() {
        assertRefused(facade.emailConfigure(null, 1), Code.BAD_ARGUMENT, "<Parameter> is null");
        assertRefused(facade.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 2), Code.BAD_ARGUMENT, "<Value> is 2");
    }

    @Test
    void everySessionIsItsCallersOwn() {
        bench.logIn("alice");
        assertTrue(facade.emailStartSMTPSession("user", "host"));
        bench.logIn("bob");
        assertRefused(facade.emailSendMessage("user", Bench.email()), Code.NO_SUCH_SESSION);
        bench.logIn("alice");
        assertTrue(facade.emailSendMessage("user", Bench.email()));
    }
}
