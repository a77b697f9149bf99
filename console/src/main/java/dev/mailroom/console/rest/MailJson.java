package dev.mailroom.console.rest;

import dev.mailroom.console.mailbox.MailView;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** Writes a received mail. */
final class MailJson {
    private static final int BEGINNING = 1_000;

    private MailJson() {
    }

    static JsonObject summary(MailView view) {
        String text = view.text();
        return envelope(view)
                .add("text", text.length() <= BEGINNING ? text : text.substring(0, BEGINNING) + "…")
                .build();
    }

    static JsonObject whole(MailView view) {
        var attachments = Json.createArrayBuilder();
        view.attachments().forEach(one -> attachments.add(Json.createObjectBuilder()
                .add("name", one.name()).add("contentType", one.contentType()).add("size", one.size())));
        return envelope(view).add("text", view.text()).add("html", view.html()).add("attachments", attachments)
                .add("source", view.source()).build();
    }

    private static JsonObjectBuilder envelope(MailView view) {
        return Json.createObjectBuilder()
                .add("id", view.mail().id())
                .add("received", view.mail().received().toString())
                .add("sender", view.mail().reversePath())
                .add("recipients", Json.createArrayBuilder(view.mail().forwardPaths()))
                .add("from", view.from())
                .add("subject", view.subject())
                .add("messageId", view.messageId())
                .add("size", view.mail().source().length);
    }
}
