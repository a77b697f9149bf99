package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsynchronousTest {
    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;
    private final Email email = Bench.email();

    @BeforeEach
    void startSession() {
        bench.principal = "ann";
        assertTrue(facade.emailStartSMTPSession("user", "pw", "host", 25, true), facade.errorInfo());
    }

    @Test
    void aMailGoesIntoTheSpoolAndHasBothIdentifiers() {
        assertTrue(facade.emailSendMessage("user", email), facade.errorInfo());
        assertEquals(List.of("user"), bench.spool.started);
        assertTrue(bench.sessions.received.isEmpty(), "nothing is sent before the commit");
        assertEquals("recipient@example.org", bench.spool.mails.get(0).envelope().forwardPaths().get(0));
        assertEquals(1, email.getMailIdentifier());
        assertFalse(email.getId().isEmpty());
        assertEquals(EmailStatus.EMAIL_PENDING, facade.emailStatus(email.getMailIdentifier()));
        assertEquals(EmailStatus.EMAIL_PENDING, facade.emailStatus(email.getAsynchronousEmailIdentifier()));
        assertFalse(facade.errorOccurred());
    }

    @Test
    void aRepeatedIdempotencyKeyGivesTheIdentifiersOfTheMailThatLeaves() {
        Email again = Bench.email();
        for (Email each : List.of(email, again)) {
            each.setIdempotencyKey("invoice 7");
            assertTrue(facade.emailSendMessage("user", each), facade.errorInfo());
        }
        assertEquals(email.getMailIdentifier(), again.getMailIdentifier());
        assertEquals(email.getId(), again.getId());
    }

    @Test
    void badInputIsRefusedNow() {
        email.setSubject("a\r\nBcc: everybody@example.org");
        assertFalse(facade.emailSendMessage("user", email));
        assertTrue(bench.spool.mails.isEmpty());
    }

    @Test
    void aFullSpoolIsFalseWithItsNumbers() {
        bench.spool.refusal = new SpoolFullException("the spool is full (7 of 7)");
        assertFalse(facade.emailSendMessage("user", email));
        assertEquals("the spool is full (7 of 7)", facade.errorInfo());
        assertEquals(Code.SPOOL, facade.lastError().orElseThrow().code());
        assertEquals("the spool is full (7 of 7)", email.getError());
        assertEquals(0, email.getMailIdentifier());
    }

    @Test
    void theStatusOfAFailedMailTellsWhy() {
        facade.emailSendMessage("user", email);
        bench.spool.state = SpoolState.SENT;
        assertEquals(EmailStatus.EMAIL_SENT, facade.emailStatus(1));
        bench.spool.state = SpoolState.FAILED;
        bench.spool.error = "550 no such user";
        assertEquals(EmailStatus.EMAIL_ERROR, facade.emailStatus(1));
        assertEquals("550 no such user", facade.errorInfo(ErrorInfoPart.ERR_MESSAGE));
    }

    @Test
    void onlyTheSenderAndAdministratorsSeeAMail() {
        facade.emailSendMessage("user", email);
        bench.principal = "bob";
        assertEquals(EmailStatus.EMAIL_ERROR, facade.emailStatus(1));
        String others = facade.errorInfo();
        assertEquals(EmailStatus.EMAIL_ERROR, facade.emailStatus(2));
        assertEquals(others.replace('1', '2'), facade.errorInfo(), "nobody learns which mails exist");
        bench.roles = Set.of(SpoolAdministration.ROLE);
        assertEquals(EmailStatus.EMAIL_PENDING, facade.emailStatus(1));
    }

    @Test
    void anIdentifierThatIsNoneIsAnError() {
        assertEquals(EmailStatus.EMAIL_ERROR, facade.emailStatus(0));
        assertEquals(EmailStatus.EMAIL_ERROR, facade.emailStatus("nonsense"));
        assertEquals(EmailStatus.EMAIL_ERROR, facade.emailStatus(null));
        assertTrue(facade.errorOccurred());
    }

    @Test
    void sendAsyncCompletesWithTheOutcomeOrTheRefusal() throws Exception {
        bench.spool.state = SpoolState.SENT;
        assertEquals(SpoolState.SENT, facade.sendAsync("user", email).toCompletableFuture().get().state());
        bench.spool.refusal = new SpoolFullException("the spool is full (7 of 7)");
        var refused = assertThrows(ExecutionException.class,
                () -> facade.sendAsync("user", email).toCompletableFuture().get());
        assertEquals(Code.SPOOL, assertInstanceOf(MailRefusedException.class, refused.getCause()).error().code());
    }

    @Test
    void sendAsyncNeedsAnAsynchronousSession() {
        bench.sessions.asynchronous = false;
        var refused = assertThrows(ExecutionException.class,
                () -> facade.sendAsync("user", email).toCompletableFuture().get());
        assertTrue(refused.getCause().getMessage().contains("EMAIL_ASYNCHRONOUS"), refused.getCause().getMessage());
    }
}
