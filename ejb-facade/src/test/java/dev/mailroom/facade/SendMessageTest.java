package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendMessageTest {
    private static final SmtpReply UNKNOWN = SmtpReply.of(550, "5.1.1 no such user");
    private static final RefusedRecipient ONE = new RefusedRecipient("one@example.org", UNKNOWN);
    private static final SmtpReply BUSY = SmtpReply.of(450, "4.2.1 busy");
    private static final RefusedRecipient TWO = new RefusedRecipient("two@example.org", BUSY);

    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;

    @BeforeEach
    void start() {
        assertTrue(facade.emailStartSMTPSession("user", "host"));
    }

    private static SmtpException failure(Phase phase, Delivery delivery, SmtpReply reply, RefusedRecipient... refused) {
        return new SmtpException(new Failure(phase, "it failed in " + phase.words(), delivery, true, reply,
                List.of(refused), "mail.example.org", 587));
    }

    private void assertFails(boolean result, Code code, String part) {
        assertFalse(result);
        assertEquals(code, facade.lastError().orElseThrow().code());
        assertTrue(facade.errorInfo().contains(part), facade.errorInfo());
    }

    @Test
    void whatTheServerAcceptedIsTrueAndTheEmailKnowsItsId() {
        bench.nextRequest();
        Email email = Bench.email();
        assertTrue(facade.emailSendMessage("user", email));
        assertFalse(facade.errorOccurred());
        assertEquals("", email.getError());
        assertTrue(bench.received(0).contains("Message-ID: <" + email.getId() + ">\r\n"), bench.received(0));
        assertEquals(List.of("user"), bench.sessions.rolesAsked);
    }

    @Test
    void aContentThatCannotBeReadIsTheCallersErrorAndOthersAreTheServers() {
        bench.sessions.server = mail -> {
            throw new SmtpException(new Failure(Phase.DATA, "/srv/report.pdf: the file is gone", Delivery.NOT_SENT,
                    true, SmtpReply.NONE, List.of(), "mail.example.org", 587, true));
        };
        assertFails(facade.emailSendMessage("user", Bench.email()), Code.BAD_ARGUMENT, "/srv/report.pdf");
        bench.sessions.server = mail -> {
            throw failure(Phase.DATA, Delivery.NOT_SENT, SmtpReply.NONE);
        };
        assertFails(facade.emailSendMessage("user", Bench.email()), Code.SMTP, "it failed");
    }

    @Test
    void halfACharacterInANameIsSaidToBeOne() {
        assertFails(facade.emailStartSMTPSession("us\ud83der", "host"), Code.BAD_ARGUMENT, "half a surrogate pair");
        assertFails(facade.emailSendMessage("us\ude00er", Bench.email()), Code.BAD_ARGUMENT, "<Username>");
        assertTrue(facade.emailStartSMTPSession("\ud83d\ude00", "host"), "a whole one");
        assertFails(facade.emailStartSMTPSession("user", "hus\ud83dh", "host"), Code.BAD_ARGUMENT, "the password");
        assertFalse(facade.errorInfo().contains("hus"));
        assertTrue(facade.emailStartSMTPSession("user", "\ud83d\ude00", "host"), facade.errorInfo());
        assertTrue(facade.emailStartSMTPSession("later", "", "host", 25, EmailMode.EMAIL_ASYNCHRONOUS));
        Email email = Bench.email();
        email.setIdempotencyKey("invoice \ud83d");
        assertFails(facade.emailSendMessage("later", email), Code.BAD_ARGUMENT, "idempotency key");
        email.setIdempotencyKey("invoice");
        email.setReference("\ude00");
        assertFails(facade.emailSendMessage("later", email), Code.BAD_ARGUMENT, "reference");
        assertEquals(List.of(), bench.spool.mails);
    }

    @Test
    void aSynchronousSessionRefusesAnIdempotencyKeyThatNothingWouldRemember() {
        Email email = Bench.email();
        email.setIdempotencyKey("invoice\u202e7");
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "Email.IdempotencyKey is"
                + " \"invoice\\u202e7\", but the session \"user\" is synchronous");
        assertTrue(facade.errorInfo().contains("EMAIL_ASYNCHRONOUS"), facade.errorInfo());
        assertEquals(List.of(), bench.sessions.received);
        assertTrue(facade.emailBuildSource(email), "nothing is sent");
        email.setIdempotencyKey("");
        assertTrue(facade.emailSendMessage("user", email), facade.errorInfo());
    }

    @Test
    void theEmailStructureIsSentWhereNoEmailIsGiven() {
        facade.email().setSender("s@x.y");
        facade.email().getRecipient().add("r@x.y");
        facade.email().setSubject("from the structure");
        assertTrue(facade.emailSendMessage("user"));
        assertTrue(bench.received(0).contains("Subject: from the structure\r\n"));
        facade.emailReset();
        assertEquals("", facade.email().getSubject());
        assertFails(facade.emailSendMessage("user"), Code.BAD_ARGUMENT, "Email.Sender");
    }

    @Test
    void aSecondSendGetsAnIdOfItsOwnUnlessTheApplicationChoseOne() {
        Email email = Bench.email();
        assertTrue(facade.emailSendMessage("user", email));
        String first = email.getId();
        assertTrue(facade.emailSendMessage("user", email));
        assertNotEquals(first, email.getId());
        email.setId("chosen@example.org");
        assertTrue(facade.emailSendMessage("user", email));
        assertEquals("chosen@example.org", email.getId());
        assertTrue(bench.received(2).contains("Message-ID: <chosen@example.org>\r\n"));
    }

    @Test
    void bccIsNeverWrittenIntoAMailThatIsSentWhateverTheOptions() {
        Email email = Bench.email();
        email.getBcc().add("Hidden <hidden@example.org>");
        assertTrue(facade.emailSendMessage("user", email, EmailSendOption.values()));
        assertEquals(List.of("recipient@example.org", "hidden@example.org"),
                bench.sessions.received.get(0).envelope().forwardPaths());
        assertFalse(bench.received(0).toLowerCase(java.util.Locale.ROOT).contains("hidden"));
    }

    @Test
    void refusedRecipientsAreListedOneByOneWithTheServersReplies() {
        bench.sessions.server = mail -> {
            throw failure(Phase.RCPT, Delivery.REJECTED, UNKNOWN, ONE, TWO);
        };
        Email email = Bench.email();
        email.setRecipient("one@example.org", "two@example.org");
        assertFails(facade.emailSendMessage("user", email), Code.SMTP, "one@example.org: 550 5.1.1 no such user");
        assertTrue(facade.errorInfo().contains("two@example.org: 450 4.2.1 busy"));
        assertEquals(List.of(ONE, TWO), email.getRefused());
        assertEquals(facade.errorInfo(), email.getError());
        assertEquals("", email.getId());
        assertTrue(facade.errorInfo(ErrorInfoPart.ERR_FULL_DETAILS).endsWith("""

                phase: RCPT
                reply: 550
                enhanced status: 5.1.1
                text: no such user
                host: mail.example.org
                port: 587
                delivery: REJECTED
                refused: one@example.org: 550 5.1.1 no such user
                refused: two@example.org: 450 4.2.1 busy"""), facade.errorInfo(ErrorInfoPart.ERR_FULL_DETAILS));
    }

    @Test
    void whoWasAcceptedCarriesNobodyElsesRefusal() {
        SmtpException refused = failure(Phase.RCPT, Delivery.REJECTED, UNKNOWN, ONE);
        bench.sessions.server = mail -> {
            throw refused;
        };
        bench.sessions.stream = (mail, accepted) -> refused.failure();
        Email email = Bench.email();
        email.setRecipient("good@example.org", "one@example.org");
        assertFalse(facade.emailSendMessage("user", email));
        List<RecipientOutcome> each = List.of(new RecipientOutcome("good@example.org", SpoolState.FAILED,
                SmtpReply.NONE, "accepted, then not sent because of one@example.org"), RecipientOutcome.refused(ONE));
        assertEquals(each, email.getRecipientOutcomes());
        assertEquals(each, facade.lastError().orElseThrow().recipients());
        assertTrue(facade.errorInfo(ErrorInfoPart.ERR_FULL_DETAILS).endsWith(
                "\nnot sent: good@example.org: accepted, then not sent because of one@example.org"));
        assertFalse(facade.sendAll("user", List.of(email)));
        assertEquals(each, email.getRecipientOutcomes());
        assertEquals(List.of(ONE), email.getRefused());
        bench.sessions.server = mail -> FakeSessions.ACCEPTED;
        bench.sessions.stream = (mail, accepted) -> FakeSessions.ACCEPTED;
        assertTrue(facade.emailSendMessage("user", email));
        assertEquals(List.of(SpoolState.SENT, SpoolState.SENT),
                email.getRecipientOutcomes().stream().map(RecipientOutcome::state).toList());
        assertTrue(facade.sendAll("user", List.of(email)));
        assertEquals(2, email.getRecipientOutcomes().size());
        assertFalse(facade.emailSendMessage("nobody", email));
        assertEquals(List.of(), email.getRecipientOutcomes());
    }

    @Test
    void whoeverWasNotAskedForIsNotTried() {
        bench.sessions.server = mail -> {
            throw failure(Phase.MAIL, Delivery.REJECTED, UNKNOWN);
        };
        Email email = Bench.email();
        assertFalse(facade.emailSendMessage("user", email));
        assertEquals(List.of(new RecipientOutcome("recipient@example.org", SpoolState.FAILED, SmtpReply.NONE,
                "not tried: the mail had failed before, MAIL")), email.getRecipientOutcomes());
        assertEquals(List.of(), email.getRefused());
    }

    @Test
    void partialSendingIsTrueAndTheEmailListsTheRefused() {
        bench.sessions.server = mail -> {
            assertTrue(mail.envelope().partialSend());
            return new Receipt(SmtpReply.of(250, "ok"), List.of(ONE));
        };
        Email email = Bench.email();
        email.getRecipient().add("one@example.org");
        email.setPartialSend(true);
        assertTrue(facade.emailSendMessage("user", email));
        assertEquals(List.of(ONE), email.getRefused());
        bench.sessions.server = mail -> FakeSessions.ACCEPTED;
        assertTrue(facade.emailSendMessage("user", email));
        assertEquals(List.of(), email.getRefused());
    }

    @Test
    void aMailInDoubtTellsItsIdSoThatItCanBeLookedFor() {
        bench.sessions.server = mail -> {
            throw failure(Phase.FINAL_DOT, Delivery.IN_DOUBT, SmtpReply.NONE);
        };
        Email email = Bench.email();
        assertFails(facade.emailSendMessage("user", email), Code.SMTP, "the final dot");
        assertTrue(bench.received(0).contains("<" + email.getId() + ">"));
        assertTrue(facade.errorInfo(ErrorInfoPart.ERR_FULL_DETAILS).contains("delivery: IN_DOUBT"));
    }

    @Test
    void anExhaustedPoolHasACodeOfItsOwn() {
        bench.sessions.server = mail -> {
            throw failure(Phase.LEASE, Delivery.NOT_SENT, SmtpReply.NONE);
        };
        assertFails(facade.emailSendMessage("user", Bench.email()), Code.NO_CONNECTION, "waiting for a connection");
        assertEquals("5", facade.errorInfo(ErrorInfoPart.ERR_CODE));
    }

    @Test
    void whatNobodyForesawIsAnErrorToo() {
        bench.sessions.server = mail -> {
            throw new IllegalStateException("secret detail");
        };
        assertFails(facade.emailSendMessage("user", Bench.email()), Code.INTERNAL, "IllegalStateException");
        assertFalse(facade.errorInfo().contains("secret detail"));
    }

    @Test
    void aBadPropertyIsNamedInWLanguagesTermsAndNothingIsSent() {
        Email email = Bench.email();
        email.getRecipient().add("no address");
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "Email.Recipient[2] \"no address\"");
        assertEquals(facade.errorInfo(), email.getError());
        email = Bench.email();
        email.setSubject("a\r\nBcc: x@y.z");
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "Email.Subject \"a\\r\\nBcc: x@y.z\"");
        email = Bench.email();
        email.getAttach().add(new EmailAttachment("a\nb", "", new byte[0]));
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "Email.Attach[1].Name \"a\\nb\"");
        email = Bench.email();
        email.getRecipient().clear();
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "at least one recipient");
        assertEquals(List.of(), bench.sessions.received);
    }

    @Test
    void nullIsNamedWhereverItIs() {
        assertFails(facade.emailSendMessage("user", (Email) null), Code.BAD_ARGUMENT, "<Email> is null");
        assertFails(facade.emailSendMessage((String) null, Bench.email()), Code.BAD_ARGUMENT, "<Username> is null");
        assertFails(facade.emailSendMessage((EmailSMTPSession) null), Code.BAD_ARGUMENT, "<Session> is null");
        assertFails(facade.emailSendMessage("user", Bench.email(), (EmailSendOption) null), Code.BAD_ARGUMENT,
                "<Options> is null");
        Email email = Bench.email();
        email.getCc().add(null);
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "Email.Cc[1] is null");
        email = Bench.email();
        email.getAttach().add(null);
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "Email.Attach[1] is null");
    }

    @Test
    void aTextThatIsNullIsEmpty() {
        Email email = Bench.email();
        email.setSubject(null);
        email.setMessage(null);
        email.setHtml(null);
        email.setSenderAddress(null);
        email.setId(null);
        email.setIdempotencyKey(null);
        email.setReference(null);
        assertEquals("", email.getReference());
        assertTrue(facade.emailSendMessage("user", email), facade.errorInfo());
        assertFalse(bench.received(0).contains("Subject:"), bench.received(0));
        assertTrue(bench.received(0).endsWith("\r\n\r\n"), bench.received(0));
        email.setSender(null);
        assertFails(facade.emailSendMessage("user", email), Code.BAD_ARGUMENT, "Email.Sender \"\" is blank");
    }

    @Test
    void theNextFunctionResetsTheError() {
        assertFalse(facade.emailSendMessage("nobody", Bench.email()));
        assertTrue(facade.errorOccurred());
        assertTrue(facade.errorOccurred());
        assertTrue(facade.emailSendMessage("user", Bench.email()));
        assertFalse(facade.errorOccurred());
        assertEquals("", facade.errorInfo());
        for (var part : ErrorInfoPart.values()) {
            assertEquals("", facade.errorInfo(part));
        }
    }
}
