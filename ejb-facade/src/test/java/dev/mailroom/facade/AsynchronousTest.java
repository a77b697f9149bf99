package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolFullException;
import dev.mailroom.spool.SpoolState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        bench.logIn("ann");
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
        assertEquals(Optional.empty(), email.getDuplicateOf());
        assertEquals(Optional.of(SpoolState.PENDING), again.getDuplicateOf());
        again.setIdempotencyKey("invoice 8");
        assertTrue(facade.emailSendMessage("user", again), facade.errorInfo());
        assertEquals(Optional.empty(), again.getDuplicateOf());
    }

    @Test
    void whatTheLastSendWasAcceptedAsIsNoResultOfTheNext() {
        assertTrue(facade.emailStartSMTPSession("direct", "pw", "host", 25), facade.errorInfo());
        Email taken = Bench.email();
        for (Email each : List.of(taken, email)) {
            each.setIdempotencyKey("invoice 7");
        }
        assertTrue(facade.emailSendMessage("user", taken), facade.errorInfo());
        duplicate();
        assertFalse(facade.emailSendMessage("nobody", email));
        assertNotAccepted();
        duplicate();
        assertFalse(facade.sendAll("direct", List.of(email)), "a synchronous session refuses the key");
        assertNotAccepted();
        duplicate();
        email.setIdempotencyKey("");
        assertTrue(facade.emailSendMessage("direct", email), facade.errorInfo());
        assertNotAccepted();
    }

    private void duplicate() {
        assertTrue(facade.emailSendMessage("user", email), facade.errorInfo());
        assertEquals(Optional.of(SpoolState.PENDING), email.getDuplicateOf());
        assertEquals(1, email.getMailIdentifier());
    }

    private void assertNotAccepted() {
        assertEquals(Optional.empty(), email.getDuplicateOf());
        assertEquals(0, email.getMailIdentifier());
        assertEquals("", email.getAsynchronousEmailIdentifier());
    }

    @Test
    void theSameMailHasTheSameDigestWheneverItIsSentAndAnotherMailAnother() {
        List<Email> emails = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Email each = Bench.email();
            each.setHtml("<p>text</p>");
            each.setIdempotencyKey("key " + i);
            each.setReference("invoice 7");
            emails.add(each);
        }
        emails.get(1).setId("another@example.org");
        emails.get(2).setSubject("another");
        emails.get(3).setBcc("hidden@example.org");
        emails.get(4).setAttach(new EmailAttachment("a.txt", "text/plain", new byte[] {1}));
        emails.get(5).setAttach(new EmailAttachment("a.txt", "text/plain", new byte[] {2}));
        emails.get(6).setPartialSend(true);
        for (Email each : emails) {
            assertTrue(facade.emailSendMessage("user", each), facade.errorInfo());
        }
        List<String> digests = bench.spool.given.stream().map(MailLabels::contentDigest).toList();
        assertEquals(digests.get(0), digests.get(1));
        assertEquals(6, Set.copyOf(digests).size(), digests::toString);
        assertEquals("invoice 7", bench.spool.given.get(0).reference());
        email.setReference("r".repeat(256));
        assertFalse(facade.emailSendMessage("user", email));
        assertEquals(Code.BAD_ARGUMENT, facade.lastError().orElseThrow().code());
        assertTrue(facade.errorInfo().contains("reference"), facade.errorInfo());
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
    void anAnswerToACommitThatIsLostIsInDoubtAndNoRefusal() {
        bench.spool.refusal = SpoolException.of(new SQLException("the answer to the commit was lost", "08007"));
        assertFalse(facade.emailSendMessage("user", email));
        assertEquals(Code.SPOOL_IN_DOUBT, facade.lastError().orElseThrow().code());
        bench.spool.refusal = SpoolException.of(new SQLException("connection refused", "08001"));
        assertFalse(facade.emailSendMessage("user", email));
        assertEquals(Code.SPOOL, facade.lastError().orElseThrow().code());
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
        bench.logIn("bob");
        assertEquals(EmailStatus.EMAIL_UNKNOWN, facade.emailStatus(1));
        String others = facade.errorInfo();
        assertEquals(EmailStatus.EMAIL_UNKNOWN, facade.emailStatus(2));
        assertEquals(others.replace('1', '2'), facade.errorInfo(), "nobody learns which mails exist");
        bench.roles = Set.of(SpoolAdministration.ROLE);
        assertEquals(EmailStatus.EMAIL_PENDING, facade.emailStatus(1));
    }

    @Test
    void whereTheApplicationSharesItsSessionsEveryCallerSeesAMailAndItsKeys() {
        bench.sessions.shared = true;
        assertTrue(facade.emailStartSMTPSession("user", "pw", "host", 25, true), facade.errorInfo());
        email.setIdempotencyKey("invoice 7");
        assertTrue(facade.emailSendMessage("user", email), facade.errorInfo());
        Email again = Bench.email();
        again.setIdempotencyKey("invoice 7");
        bench.logOut();
        assertEquals(EmailStatus.EMAIL_PENDING, facade.emailStatus(email.getMailIdentifier()), "a timer");
        assertTrue(facade.emailSendMessage("user", again), facade.errorInfo());
        assertEquals(email.getMailIdentifier(), again.getMailIdentifier());
    }

    @Test
    void anIdentifierThatIsNoneSaysNothingOfAnyMail() {
        assertEquals(EmailStatus.EMAIL_UNKNOWN, facade.emailStatus(0));
        assertEquals(EmailStatus.EMAIL_UNKNOWN, facade.emailStatus("nonsense"));
        assertEquals(EmailStatus.EMAIL_UNKNOWN, facade.emailStatus(null));
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
        assertTrue(facade.emailStartSMTPSession("user", "pw", "host"));
        var refused = assertThrows(ExecutionException.class,
                () -> facade.sendAsync("user", email).toCompletableFuture().get());
        assertTrue(refused.getCause().getMessage().contains("EMAIL_ASYNCHRONOUS"), refused.getCause().getMessage());
    }
}
