package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.SpoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails that are to be sent later, or expire. */
class ScheduledMailsTest {
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;
    private final Email email = Bench.email();

    @BeforeEach
    void start() {
        assertTrue(facade.emailStartSMTPSession("async", "host", 25, EmailMode.EMAIL_ASYNCHRONOUS));
        assertTrue(facade.emailStartSMTPSession("sync", "host"));
    }

    private void assertRefused(boolean result, String part) {
        assertFalse(result);
        assertEquals(Code.BAD_ARGUMENT, facade.lastError().orElseThrow().code());
        assertTrue(facade.errorInfo().contains(part), facade.errorInfo());
    }

    @Test
    void theSpoolHearsWhenAMailIsToBeSentAndWhenItExpires() {
        email.setSendAt(TOMORROW);
        email.setExpires(TOMORROW.plusSeconds(60));
        assertTrue(facade.emailSendMessage("async", email), facade.errorInfo());
        assertTrue(facade.sendAll("async", List.of(email)), facade.errorInfo());
        email.reset();
        email.setSender("a@b.c");
        email.setRecipient("d@e.f");
        assertTrue(facade.emailSendMessage("async", email), facade.errorInfo());
        var planned = new MailSchedule(Optional.of(TOMORROW), Optional.of(TOMORROW.plusSeconds(60)));
        assertEquals(List.of(planned, planned, MailSchedule.NOW), bench.spool.schedules);
    }

    @Test
    void aSynchronousSessionCannotWait() {
        email.setSendAt(TOMORROW);
        assertRefused(facade.emailSendMessage("sync", email), "only the spool can keep a mail until then");
        assertRefused(facade.sendAll("sync", List.of(email)), "only the spool can keep a mail until then");
        email.setSendAt(null);
        email.setExpires(TOMORROW);
        assertTrue(facade.emailSendMessage("sync", email), facade.errorInfo());
        email.setExpires(Instant.now().minusSeconds(1));
        assertRefused(facade.emailSendMessage("sync", email), "which has passed");
        assertRefused(facade.emailSendMessage("async", email), "which has passed");
        assertEquals(1, bench.sessions.received.size());
    }

    @Test
    void aScheduleThatCannotBeIsRefused() {
        email.setSendAt(TOMORROW);
        assertThrows(IllegalArgumentException.class, () -> email.setExpires(TOMORROW));
        email.setSendAt(Instant.MAX);
        assertRefused(facade.emailSendMessage("async", email), "within ten years");
    }

    @Test
    void aMailIsTakenBackByWhoSentItUntilItIsSent() {
        email.setSendAt(TOMORROW);
        assertTrue(facade.emailSendMessage("async", email), facade.errorInfo());
        bench.logIn("eve");
        assertRefused(facade.cancelSending(email.getMailIdentifier()), "there is no mail M-1-");
        bench.logOut();
        assertTrue(facade.cancelSending(email.getMailIdentifier()), facade.errorInfo());
        bench.spool.state = SpoolState.SENT;
        assertRefused(facade.cancelSending(email.getMailIdentifier()), "cannot be taken back");
        assertRefused(facade.cancelSending(0), "the mail identifier is 0");
    }
}
