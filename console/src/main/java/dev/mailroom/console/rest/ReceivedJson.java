package dev.mailroom.console.rest;

import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ReceivedHeader;
import dev.mailroom.reading.FetchedMail;
import dev.mailroom.receiving.MessageEntry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Writes mails of a receiving session. */
final class ReceivedJson {
    private ReceivedJson() {
    }

    /** What a list shows. */
    static JsonObject summary(MessageEntry entry, ReceivedHeader header) {
        return envelope(entry, header).build();
    }

    /** All of it but the contents of attachments. */
    static JsonObject whole(FetchedMail mail) {
        ParsedMail content = mail.content();
        ReceivedHeader header = content.header();
        var fields = Json.createArrayBuilder();
        header.decoded().forEach(field -> fields.add(Json.createObjectBuilder()
                .add("name", field.name()).add("value", field.value())));
        var attachments = Json.createArrayBuilder();
        content.parts().forEach(part -> attachments.add(Json.createObjectBuilder()
                .add("name", part.name()).add("contentType", part.contentType())
                .add("identifier", part.identifier()).add("size", part.content().length)));
        return envelope(mail.entry(), header)
                .add("replyTo", first(header.mailboxes("Reply-To")))
                .add("recipients", Json.createArrayBuilder(header.mailboxes("To")))
                .add("cc", Json.createArrayBuilder(header.mailboxes("Cc")))
                .add("messageId", first(header.identifiers("Message-ID")))
                .add("message", content.text())
                .add("html", content.html())
                .add("headers", fields)
                .add("attachments", attachments)
                .build();
    }

    private static JsonObjectBuilder envelope(MessageEntry entry, ReceivedHeader header) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("number", entry.number())
                .add("id", entry.identifier())
                .add("subject", header.text("Subject"))
                .add("sender", first(header.mailboxes("From")));
        header.date().or(entry::received).ifPresent(date -> json.add("date", date.toString()));
        return json.add("size", entry.size()).add("seen", entry.seen());
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.get(0);
    }
}
