package dev.mailroom.console.rest;

import dev.mailroom.console.problem.MailProblems;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.RecipientOutcome;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Writes what the spool knows of a mail. */
final class SpoolJson {
    private SpoolJson() {
    }

    /** @param server empty = its session must be started before it can be sent */
    static JsonObject of(MailStatus mail, Optional<String> server) {
        var json = Json.createObjectBuilder()
                .add("id", mail.id().toString())
                .add("username", mail.session().session())
                .add("caller", mail.owner())
                .add("state", mail.state().name())
                .add("messageId", mail.messageId())
                .add("size", mail.size())
                .add("created", mail.accepted().toString())
                .add("attempts", mail.attempts())
                .add(mail.state().open() ? "next" : "settled", mail.next().toString())
                .add("recipients", recipients(mail.recipients()));
        server.ifPresent(known -> json.add("server", known));
        if (!mail.error().isEmpty()) {
            json.add("error", mail.error());
        }
        MailProblems.reply(mail.reply(), json);
        return json.build();
    }

    private static JsonArrayBuilder recipients(List<RecipientOutcome> outcomes) {
        var array = Json.createArrayBuilder();
        for (RecipientOutcome outcome : outcomes) {
            var one = Json.createObjectBuilder().add("address", outcome.address()).add("state", outcome.state().name());
            MailProblems.reply(outcome.reply(), one);
            array.add(one);
        }
        return array;
    }
}
