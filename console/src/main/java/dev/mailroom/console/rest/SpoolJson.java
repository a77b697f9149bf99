package dev.mailroom.console.rest;

import dev.mailroom.console.problem.MailProblems;
import dev.mailroom.spool.MailStatus;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;

/** Writes what the spool knows of a mail. */
final class SpoolJson {
    private SpoolJson() {
    }

    /** @param server empty = its session must be started before it can be sent */
    static JsonObject of(MailStatus mail, Optional<String> server) {
        var json = Json.createObjectBuilder()
                .add("id", mail.id().toString())
                .add("username", mail.queue().session())
                .add("caller", mail.caller())
                .add("state", mail.state().name())
                .add("messageId", mail.messageId())
                .add("size", mail.size())
                .add("created", mail.accepted().toString())
                .add("attempts", mail.attempts())
                .add("recipients", MailProblems.recipients(mail.recipients()));
        mail.sendAt().ifPresent(moment -> json.add("sendAt", moment.toString()));
        mail.expires().ifPresent(moment -> json.add("expires", moment.toString()));
        mail.next().ifPresent(next -> json.add("next", next.toString()));
        mail.settled().ifPresent(settled -> json.add("settled", settled.toString()));
        server.ifPresent(known -> json.add("server", known));
        if (!mail.error().isEmpty()) {
            json.add("error", mail.error());
        }
        if (!mail.incident().isEmpty()) {
            json.add("incident", mail.incident());
        }
        MailProblems.reply(mail.reply(), json);
        return json.build();
    }
}
