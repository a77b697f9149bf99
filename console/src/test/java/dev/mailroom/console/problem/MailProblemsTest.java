package dev.mailroom.console.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import dev.mailroom.facade.MailError;
import jakarta.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailProblemsTest {
    @Test
    void everyKindOfErrorHasItsStatus() {
        Map<MailError.Code, Integer> statuses = new EnumMap<>(MailError.Code.class);
        for (MailError.Code code : MailError.Code.values()) {
            statuses.put(code, MailProblems.of(MailError.of(code, "why")).status());
        }
        assertEquals(Map.of(
                MailError.Code.BAD_ARGUMENT, 400,
                MailError.Code.FORBIDDEN, 403,
                MailError.Code.NO_SUCH_SESSION, 404,
                MailError.Code.SMTP, 502,
                MailError.Code.NO_CONNECTION, 503,
                MailError.Code.SPOOL, 503,
                MailError.Code.INTERNAL, 500,
                MailError.Code.SPOOL_IN_DOUBT, 502), statuses);
    }

    @Test
    void whatIsUnavailableSaysWhenToComeAgainAndNothingElseDoes() {
        for (MailError.Code code : MailError.Code.values()) {
            Problem problem = MailProblems.of(MailError.of(code, "why"));
            assertEquals(problem.status() == 503, problem.extensions().containsKey(Problem.RETRY_AFTER), code.name());
        }
    }

    @Test
    void aFullPoolIsUnavailableAlsoWhenTheDialogueReportsIt() {
        Failure full = new Failure(Phase.LEASE, "all 4 connections are in use", Delivery.NOT_SENT, false,
                SmtpReply.NONE, List.of(), "mail.example.org", 587);
        assertEquals(503, MailProblems.of(MailError.of(MailError.Code.SMTP, full)).status());
    }

    @Test
    void aFailureTellsPhaseReplyAndEnhancedStatusCode() {
        Failure refused = new Failure(Phase.AUTH, "the login was refused", Delivery.NOT_SENT, false,
                SmtpReply.of(535, "5.7.8 Authentication credentials invalid"), List.of(), "mail.example.org", 587);
        JsonObject json = MailProblems.of(MailError.of(MailError.Code.SMTP, refused)).toJson();
        assertEquals(502, json.getInt("status"));
        assertEquals("Bad Gateway", json.getString("title"));
        assertEquals("the login was refused", json.getString("detail"));
        assertEquals("AUTH", json.getString("phase"));
        assertEquals("535 5.7.8 Authentication credentials invalid", json.getString("reply"));
        assertEquals("5.7.8", json.getString("enhancedStatus"));
        assertEquals("NOT_SENT", json.getString("delivery"));
        assertFalse(json.getBoolean("transient"));
    }

    @Test
    void aSpoolInDoubtNeitherSaysNotSentNorInvitesToSendAgain() {
        JsonObject json = MailProblems.of(MailError.of(MailError.Code.SPOOL_IN_DOUBT, "the answer was lost")).toJson();
        assertEquals("IN_DOUBT", json.getString("delivery"));
        assertEquals("SPOOL_IN_DOUBT", json.getString("code"));
        assertFalse(json.containsKey(Problem.RETRY_AFTER));
    }

    @Test
    void eachRecipientOfAMailForAllOrNobodyHasItsOwnOutcome() {
        var gone = new RefusedRecipient("b@example.org", SmtpReply.of(550, "5.1.1 gone"));
        Failure refused = new Failure(Phase.RCPT, "refused", Delivery.REJECTED, true, gone.reply(), List.of(gone),
                "mail.example.org", 25);
        JsonObject json = MailProblems.of(MailError.of(MailError.Code.SMTP, refused)
                .to(Envelope.of("s@example.org", List.of("a@example.org", "b@example.org")))).toJson();
        assertEquals("""
                [{"address":"a@example.org","state":"FAILED",\
                "reason":"accepted, then not sent because of b@example.org"},\
                {"address":"b@example.org","state":"FAILED","reply":"550 5.1.1 gone","enhancedStatus":"5.1.1"}]""",
                json.getJsonArray("recipients").toString());
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        Failure silent = new Failure(Phase.CONNECT, "no answer", Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                "mail.example.org", 25);
        JsonObject json = MailProblems.of(MailError.of(MailError.Code.SMTP, silent)).toJson();
        assertFalse(json.containsKey("reply"));
        assertFalse(json.containsKey("enhancedStatus"));
        assertFalse(json.containsKey("refused"));
        assertFalse(json.containsKey("recipients"));
    }

    @Test
    void aLoginThatWasCutMayBeTriedAgain() {
        Failure lost = new Failure(Phase.AUTH, "the connection was lost", Delivery.NOT_SENT, false, SmtpReply.NONE,
                List.of(), "mail.example.org", 587);
        assertTrue(MailProblems.of(MailError.of(MailError.Code.SMTP, lost)).toJson().getBoolean("transient"));
    }

    @Test
    void refusedRecipientsAreListedWithTheServersReplies() {
        var nobody = new RefusedRecipient("nobody@example.org", SmtpReply.of(550, "5.1.1 No such user"));
        Failure refused = new Failure(Phase.RCPT, "1 of 2 recipients was refused", Delivery.REJECTED, true,
                nobody.reply(), List.of(nobody), "mail.example.org", 25);
        JsonObject one = MailProblems.of(MailError.of(MailError.Code.SMTP, refused)).toJson()
                .getJsonArray("refused").getJsonObject(0);
        assertEquals("nobody@example.org", one.getString("address"));
        assertEquals("550 5.1.1 No such user", one.getString("reply"));
        assertEquals("5.1.1", one.getString("enhancedStatus"));
    }
}
