package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.facade.auth.AuthToken;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.TokenException;
import dev.mailroom.spool.SpoolState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which session a variable is, and which one a name. */
class SessionVariableTest {
    private static final Secret KEY_A = Secret.password("key a");
    private static final Secret KEY_B = Secret.password("key b");

    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;

    private static EmailSMTPSession variable(String name, String password) {
        var variable = new EmailSMTPSession();
        variable.setServerAddress("smtp.example.org");
        variable.setName(name);
        variable.setPassword(password);
        return variable;
    }

    private void start(EmailSMTPSession variable) {
        assertTrue(facade.emailStartSession(variable), facade.errorInfo());
    }

    private Secret sentOver(EmailSMTPSession variable) {
        assertTrue(facade.emailSendMessage(variable, Bench.email()), facade.errorInfo());
        return last().secret();
    }

    private Secret sentOver(String name) {
        assertTrue(facade.emailSendMessage(name, Bench.email()), facade.errorInfo());
        return last().secret();
    }

    private SmtpSettings last() {
        return bench.sessions.carriers.get(bench.sessions.carriers.size() - 1);
    }

    private void assertNotStarted(boolean result) {
        assertFalse(result);
        assertEquals(Code.NO_SUCH_SESSION, facade.lastError().orElseThrow().code());
    }

    @Test
    void aStartedVariableIsItsSessionWhateverIsStartedUnderItsName() {
        EmailSMTPSession a = variable("apikey", "key a");
        EmailSMTPSession b = variable("apikey", "key b");
        start(a);
        start(b);
        assertEquals(KEY_A, sentOver(a));
        assertEquals(KEY_B, sentOver(b));
        assertEquals(KEY_B, sentOver("apikey"), "what was started last");
        facade.emailCloseSession(b);
        assertEquals(KEY_A, sentOver(a));
        assertNotStarted(facade.emailSendMessage(b, Bench.email()));
    }

    @Test
    void aVariableThatIsClosedTwiceTakesNobodysSession() {
        EmailSMTPSession a = variable("apikey", "key a");
        EmailSMTPSession b = variable("apikey", "key a");
        start(a);
        start(b);
        facade.emailCloseSession(a);
        assertFalse(facade.errorOccurred());
        assertNotStarted(facade.emailSendMessage(a, Bench.email()));
        facade.emailCloseSession(a);
        assertNotStarted(!facade.errorOccurred());
        assertEquals(KEY_A, sentOver(b), "which holds the same session");
        start(a);
        assertEquals(KEY_A, sentOver(a));
    }

    @Test
    void aVariableThatIsStartedTwiceIsClosedOnce() {
        EmailSMTPSession a = variable("apikey", "key a");
        start(a);
        start(a);
        assertEquals(KEY_A, sentOver(a));
        facade.emailCloseSession(a);
        assertNotStarted(facade.emailSendMessage("apikey", Bench.email()));
    }

    @Test
    void aVariableThatWasNeverStartedSendsThroughNobodysSession() {
        start(variable("apikey", "key a"));
        assertNotStarted(facade.emailSendMessage(variable("apikey", "key a"), Bench.email()));
        assertNotStarted(facade.sendAll(variable("apikey", "key a"), List.of(Bench.email())));
        assertTrue(facade.sendAsync(variable("apikey", "key a"), Bench.email()).toCompletableFuture()
                .isCompletedExceptionally());
        facade.emailCloseSession(variable("apikey", "key a"));
        assertNotStarted(!facade.errorOccurred());
        assertTrue(bench.sessions.received.isEmpty());
    }

    @Test
    void anotherCallersVariableIsNotStarted() {
        bench.logIn("alice");
        EmailSMTPSession variable = variable("apikey", "key a");
        start(variable);
        bench.logIn("bob");
        assertNotStarted(facade.emailSendMessage(variable, Bench.email()));
        bench.logIn("alice");
        assertEquals(KEY_A, sentOver(variable));
    }

    @Test
    void aVariableThatIsStartedAgainGivesBackWhatItWas() {
        EmailSMTPSession variable = variable("apikey", "key a");
        start(variable);
        variable.setPassword("key b");
        assertEquals(KEY_A, sentOver(variable), "what is set afterwards counts when it is started again");
        start(variable);
        assertEquals(KEY_B, sentOver(variable));
        facade.emailCloseSession(variable);
        assertNotStarted(facade.emailSendMessage("apikey", Bench.email()));
    }

    @Test
    void byNameWhatThisRequestStartedGoesBeforeWhatOthersStarted() {
        facade.emailStartSMTPSession("apikey", "key a", "smtp.example.org");
        var others = new Bench(bench);
        assertTrue(others.facade.emailStartSMTPSession("apikey", "key b", "smtp.example.org"));
        assertEquals(KEY_A, sentOver("apikey"));
        bench.nextRequest();
        assertEquals(KEY_B, sentOver("apikey"), "a request that started none: what its caller started last");
    }

    @Test
    void aVariableWithNothingButAServerStartsSendsAndCloses() {
        var variable = new EmailSMTPSession();
        variable.setServerAddress("smtp.example.org");
        start(variable);
        assertEquals(Secret.none(), sentOver(variable));
        assertTrue(facade.sendAll(variable, List.of(Bench.email())), facade.errorInfo());
        facade.emailCloseSession(variable);
        assertFalse(facade.errorOccurred(), facade.errorInfo());
        assertNotStarted(facade.emailSendMessage(variable, Bench.email()));
    }

    @Test
    void whoLogsInNeedsAName() {
        for (boolean token : List.of(true, false)) {
            EmailSMTPSession variable = variable("", token ? "" : "key a");
            variable.setAuthToken(token ? "token" : "");
            assertFalse(facade.emailStartSession(variable));
            assertTrue(facade.errorInfo().contains("<Session.Name> is blank"), facade.errorInfo());
        }
    }

    @Test
    void aVariableMayBeAsynchronousByABoolean() throws Exception {
        EmailSMTPSession variable = variable("jack", "");
        variable.setAsynchronous(true);
        start(variable);
        bench.spool.state = SpoolState.SENT;
        assertEquals(SpoolState.SENT,
                facade.sendAsync(variable, Bench.email()).toCompletableFuture().get().state());
        variable.setAsynchronous(false);
        assertEquals(EmailMode.EMAIL_SYNCHRONOUS, variable.getAsynchronous());
    }

    @Test
    void itsFunctionsNeedAnApplication() {
        var variable = variable("jack", "");
        String why = assertThrows(IllegalStateException.class, variable::startSession).getMessage();
        assertTrue(why.contains("MailFacade"), why);
        assertThrows(IllegalStateException.class, () -> variable.sendMessage(Bench.email()));
        assertThrows(IllegalStateException.class, variable::sendMessage);
        assertThrows(IllegalStateException.class, () -> Bench.email().buildSource());
    }

    @Test
    void everyFormWithoutAPasswordStartsWithoutOne() {
        assertTrue(facade.emailStartSMTPSession("user", "host", 587, EmailMode.EMAIL_SYNCHRONOUS));
        assertTrue(facade.emailStartSMTPSession("user", "host", 587, false));
        assertTrue(facade.emailStartSMTPSession(
                "user", "host", 587, EmailMode.EMAIL_SYNCHRONOUS, EmailOption.OPTION_SSL));
        sentOver("user");
        assertEquals(SmtpSettings.of("user", "host", 587).withTls(TlsMode.IMPLICIT), last());
        assertTrue(facade.emailStartSMTPSession("user", "host", 587, false, EmailOption.EMAIL_OPTION_SECURED_TLS));
        sentOver("user");
        assertEquals(SmtpSettings.of("user", "host", 587).withTls(TlsMode.STARTTLS), last());
        assertTrue(facade.emailStartSMTPSession("user", "host", 587, true));
        assertTrue(facade.emailSendMessage("user", Bench.email()), facade.errorInfo());
        assertEquals(1, bench.spool.mails.size());
        assertTrue(facade.emailStartSMTPSession("user", "host", 587, EmailMode.EMAIL_ASYNCHRONOUS));
    }

    @Test
    void aVariableWithAnAuthTokenLogsInWithItAndIsTheSameSessionHoweverTheTokenChanges() throws Exception {
        AtomicInteger number = new AtomicInteger();
        AuthToken token = AuthToken.of(patience -> AccessToken.of("t" + number.incrementAndGet()));
        EmailSMTPSession variable = variable("ann", "");
        variable.setAuthToken(token);
        start(variable);
        String id = variable.getId();
        Secret secret = sentOver(variable);
        assertEquals(Secret.Kind.ACCESS_TOKEN, secret.kind());
        assertEquals("t1", secret.current(Duration.ofSeconds(1)).value());
        assertTrue(facade.authRefreshToken(token), facade.errorInfo());
        assertEquals("t3", secret.current(Duration.ofSeconds(1)).value());
        start(variable);
        assertEquals(id, variable.getId());
        variable.setAuthToken("fixed");
        start(variable);
        assertEquals(Secret.accessToken("fixed"), sentOver(variable));
    }

    @Test
    void aTokenThatCannotBeRenewedIsAnError() {
        assertFalse(facade.authRefreshToken(AuthToken.of(patience -> {
            throw TokenException.lasting("the grant was taken back", null);
        })));
        assertEquals("no access token: the grant was taken back", facade.errorInfo());
        assertFalse(facade.authRefreshToken(null));
        assertEquals(Code.BAD_ARGUMENT, facade.lastError().orElseThrow().code());
    }
}
