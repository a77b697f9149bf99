package dev.mailroom.console.rest;

import dev.mailroom.console.problem.MailProblems;
import dev.mailroom.spool.MailSettled;
import dev.mailroom.spool.UntoldOutcome;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Writes an outcome that the application has not acknowledged. */
final class OutcomeJson {
    private OutcomeJson() {
    }

    static JsonObject of(UntoldOutcome untold) {
        MailSettled mail = untold.outcome();
        var json = Json.createObjectBuilder()
                .add("id", mail.id().toString())
                .add("reference", mail.reference())
                .add("caller", mail.caller())
                .add("messageId", mail.messageId())
                .add("state", mail.state().name())
                .add("since", untold.since().toString())
                .add("failures", untold.failures())
                .add("next", untold.next().toString());
        if (!untold.error().isEmpty()) {
            json.add("error", untold.error());
        }
        MailProblems.reply(mail.reply(), json);
        return json.build();
    }
}
