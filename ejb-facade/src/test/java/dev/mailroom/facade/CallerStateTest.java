package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
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
        bench.principal = "bob";
        assertNoTraces();
        bench.principal = "ANONYMOUS";
        assertEquals("mine", facade.email().getSubject());
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
        bench.principal = "bob";
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
}
