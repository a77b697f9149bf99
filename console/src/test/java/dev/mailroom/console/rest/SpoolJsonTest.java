package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpoolJsonTest {
    private static final SmtpReply UNKNOWN = SmtpReply.of(550, "5.1.1 No such user");

    private static MailStatus mail(SpoolQueue queue, SpoolState state, SmtpReply reply, String error) {
        Optional<Instant> then = Optional.of(Instant.ofEpochSecond(90));
        return new MailStatus(new MailIdentifier(17), "admin", queue, "id@example.org", 1024, Instant.ofEpochSecond(60),
                state, 2, then.filter(any -> state.open()), then.filter(any -> !state.open()), reply, error,
                List.of(new RecipientOutcome("you@example.org", state, reply)));
    }

    @Test
    void aMailInDoubtNamesItsIncidentAndNoOtherDoes() {
        MailStatus mail = mail(SpoolQueue.named("office"), SpoolState.IN_DOUBT, SmtpReply.NONE, "cut");
        assertFalse(SpoolJson.of(mail, Optional.empty()).containsKey("incident"));
        var doubtful = new MailStatus(mail.id(), mail.caller(), mail.queue(), mail.messageId(), mail.size(),
                mail.accepted(), mail.state(), mail.attempts(), mail.next(), mail.settled(), mail.reply(), mail.error(),
                mail.recipients(), "c0ffee", Optional.of(Instant.ofEpochSecond(70)),
                Optional.of(Instant.ofEpochSecond(80)));
        JsonObject json = SpoolJson.of(doubtful, Optional.empty());
        assertEquals("c0ffee", json.getString("incident"));
        assertEquals("1970-01-01T00:01:10Z 1970-01-01T00:01:20Z",
                json.getString("sendAt") + " " + json.getString("expires"));
    }

    @Test
    void aFailedMailTellsSessionReasonAndTheServersWordAboutEachRecipient() {
        JsonObject json = SpoolJson.of(mail(SpoolQueue.of("admin", "jane"), SpoolState.FAILED, UNKNOWN, "refused"),
                Optional.of("mail.example.org:25"));
        assertEquals("M-17-" + new MailIdentifier(17).toString().charAt(5), json.getString("id"));
        assertEquals("jane", json.getString("username"));
        assertEquals("mail.example.org:25", json.getString("server"));
        assertEquals("FAILED", json.getString("state"));
        assertEquals(2, json.getInt("attempts"));
        assertEquals("1970-01-01T00:01:00Z", json.getString("created"));
        assertEquals("1970-01-01T00:01:30Z", json.getString("settled"));
        assertEquals("refused", json.getString("error"));
        JsonObject recipient = json.getJsonArray("recipients").getJsonObject(0);
        assertEquals("you@example.org", recipient.getString("address"));
        assertEquals("550 5.1.1 No such user", recipient.getString("reply"));
        assertEquals("5.1.1", recipient.getString("enhancedStatus"));
    }

    @Test
    void aWaitingMailTellsWhenItIsTriedNextAndLeavesOutWhatIsNotKnown() {
        JsonObject json = SpoolJson.of(mail(SpoolQueue.named("billing"), SpoolState.PENDING, SmtpReply.NONE, ""),
                Optional.empty());
        assertEquals("billing", json.getString("username"));
        assertEquals("1970-01-01T00:01:30Z", json.getString("next"));
        for (String absent : List.of("settled", "server", "sendAt", "expires", "error", "reply", "enhancedStatus")) {
            assertFalse(json.containsKey(absent), absent);
        }
    }
}
