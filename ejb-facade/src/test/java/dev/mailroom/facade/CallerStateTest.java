package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TrustMode;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallerStateTest {
    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;

    private void leaveTraces() {
        facade.emailSetTimeOut(7);
        facade.email().setSubject("mine");
        facade.emailSendMessage("nobody");
        assertTrue(facade.errorOccurred());
        assertEquals("mine", facade.email().getSubject());
    }

    private void assertNoTraces() {
        assertFalse(facade.errorOccurred());
        assertEquals("", facade.errorInfo());
        assertEquals("", facade.email().getSubject());
        assertEquals(600, facade.emailGetTimeOut());
    }

    @Test
    void theNextRequestOnTheSameThreadSeesNothingOfTheOneBefore() {
        leaveTraces();
        bench.nextRequest();
        assertNoTraces();
    }

    @Test
    void anotherPrincipalInTheSameRequestSeesNothingOfTheOneBefore() {
        leaveTraces();
        bench.logIn("bob");
        assertNoTraces();
        bench.logOut();
        assertEquals("mine", facade.email().getSubject());
    }

    @Test
    void whoIsLoggedInUnderANameOfTheUnauthenticatedIsNotOneOfThem() {
        bench.logOut();
        leaveTraces();
        assertTrue(facade.emailStartSMTPSession("user", "host"));
        bench.logIn("guest");
        assertNoTraces();
        assertFalse(facade.emailSendMessage("user", Bench.email()));
        for (String name : List.of("ANONYMOUS", "anonymous", "UNAUTHENTICATED", "guest", "nobody")) {
            bench.logOut();
            bench.principal = name;
            assertEquals("mine", facade.email().getSubject(), "whatever the server calls the unauthenticated");
        }
    }

    @Test
    void anInjectedFacadeKeepsTheStateOfAThreadWithoutARequestToo() {
        bench.noRequest = true;
        bench.injected.emailSetTimeOut(7);
        bench.injected.email().setSubject("mine");
        assertEquals(7, bench.injected.emailGetTimeOut());
        assertEquals("mine", bench.injected.email().getSubject());
        CompletableFuture.runAsync(() -> assertEquals(600, bench.injected.emailGetTimeOut()),
                command -> new Thread(command).start()).join();
    }

    @Test
    void aThreadWithoutARequestKeepsItsStateFromCallToCall() {
        bench.requestIsOneCall = true;
        leaveTraces();
        assertEquals(7, facade.emailGetTimeOut());
        assertSame(facade.email(), facade.email());
    }

    @Test
    void anotherPrincipalOnTheSameThreadWithoutARequestSeesNothingOfTheOneBefore() {
        bench.requestIsOneCall = true;
        leaveTraces();
        bench.logIn("bob");
        assertNoTraces();
    }

    @Test
    void anotherThreadSeesNothing() {
        bench.requestIsOneCall = true;
        leaveTraces();
        CompletableFuture.runAsync(this::assertNoTraces, command -> new Thread(command).start()).join();
    }

    @Test
    void aRequestOnAThreadThatHadNoneBeforeStartsAfresh() {
        bench.requestIsOneCall = true;
        leaveTraces();
        Email ofThread = facade.email();
        bench.requestIsOneCall = false;
        bench.nextRequest();
        assertNoTraces();
        assertNotSame(ofThread, facade.email());
    }

    @Test
    void nothingIsKeptOfAThreadThatEnded() throws InterruptedException {
        bench.requestIsOneCall = true;
        var email = new CompletableFuture<WeakReference<Email>>();
        Thread thread = new Thread(() -> email.complete(new WeakReference<>(facade.email())));
        thread.start();
        WeakReference<Email> left = email.join();
        thread.join();
        thread = null;
        for (int i = 0; i < 100 && left.get() != null; i++) {
            System.gc();
            facade.email();
        }
        assertEquals(null, left.get());
    }

    @Test
    void whatIsSetWhileTheApplicationStartsIsEveryCallersDefault() {
        for (boolean injected : List.of(true, false)) {
            Bench starting = Bench.starting();
            MailFacade mail = injected ? starting.injected : starting.facade;
            starting.noRequest = injected;
            starting.requestIsOneCall = !injected;
            assertTrue(mail.emailSetTimeOut(Duration.ofSeconds(77)), mail.errorInfo());
            assertTrue(mail.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 1), mail.errorInfo());
            assertEquals(77, mail.emailGetTimeOut());
            starting.noRequest = false;
            starting.requestIsOneCall = false;
            starting.becomeStarted();
            starting.logIn("ann");
            assertEquals(77, mail.emailGetTimeOut());
            assertTrue(mail.emailStartSMTPSession("user", "host"), mail.errorInfo());
            SmtpSettings settings = starting.sessions.settings(new Caller("ann"), "user");
            assertEquals(TrustMode.OWN, settings.trust());
            assertEquals(Duration.ofSeconds(77), settings.timeouts().reply());
            assertTrue(mail.emailSetTimeOut(5));
            assertEquals(5, mail.emailGetTimeOut(), "a request's own");
            starting.nextRequest();
            assertEquals(77, mail.emailGetTimeOut());
            starting.logOut();
            starting.noRequest = injected;
            starting.requestIsOneCall = !injected;
            assertTrue(mail.emailSetTimeOut(6));
            starting.noRequest = false;
            starting.requestIsOneCall = false;
            starting.nextRequest();
            assertEquals(77, mail.emailGetTimeOut(), "a thread's own, now that there are requests");
        }
    }

    @Test
    void whatTheStartSetsCountsForAllThoughARequestContextIsActiveAroundIt() {
        Bench starting = Bench.starting();
        assertTrue(starting.injected.emailSetTimeOut(77));
        starting.nextRequest();
        assertTrue(starting.facade.emailConfigure(EmailParameter.EMAIL_PARAMETER_MODE, 1));
        assertEquals(77, starting.injected.emailGetTimeOut());
        starting.becomeStarted();
        assertEquals(77, starting.injected.emailGetTimeOut());
        assertTrue(starting.injected.emailSetTimeOut(5));
        starting.nextRequest();
        assertEquals(77, starting.injected.emailGetTimeOut());
    }

    @Test
    void aTimerThatFiresWhileTheApplicationStartsSetsNothingForOthers() {
        Bench starting = Bench.starting();
        CompletableFuture.runAsync(() -> {
            assertTrue(starting.injected.emailSetTimeOut(5));
            assertEquals(5, starting.injected.emailGetTimeOut());
        }, command -> new Thread(command).start()).join();
        assertEquals(600, starting.injected.emailGetTimeOut());
        assertTrue(starting.injected.emailSetTimeOut(77), "which does not end the start");
        starting.becomeStarted();
        assertEquals(77, starting.injected.emailGetTimeOut());
    }
}
