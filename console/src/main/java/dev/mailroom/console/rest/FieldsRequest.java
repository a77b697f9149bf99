package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.Email;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Reads the groups of an Email: header fields, and its origin. Only what is there makes a group. */
final class FieldsRequest {
    private FieldsRequest() {
    }

    static void read(JsonBody body, Email email) {
        try {
            fields(body, email);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput(e.getMessage());
        }
        origin(body, email);
    }

    private static void fields(JsonBody body, Email email) {
        body.objects("headers", "name", "value").forEach(field ->
                email.getFields().add(field.requiredText("name"), field.text("value")));
        if (body.has("inReplyTo")) {
            email.getFields().setInReplyTo(body.text("inReplyTo"));
        }
        if (body.has("references")) {
            email.getFields().setReferences(body.texts("references"));
        }
        if (body.has("autoSubmitted")) {
            email.getFields().setAutoSubmitted(body.text("autoSubmitted"));
        }
        if (body.has("unsubscribeUrl") || body.has("unsubscribeMailto")) {
            email.getFields().unsubscribe(body.text("unsubscribeUrl"), body.text("unsubscribeMailto"));
        }
    }

    private static void origin(JsonBody body, Email email) {
        if (body.has("furtherAuthors")) {
            email.getOrigin().getFurtherAuthors().addAll(body.texts("furtherAuthors"));
        }
        if (body.has("transmitter")) {
            email.getOrigin().setTransmitter(body.text("transmitter"));
        }
        if (body.has("envelopeSender")) {
            email.getOrigin().setEnvelopeSender(body.text("envelopeSender"));
        }
        if (body.has("date")) {
            try {
                email.getOrigin().setDate(OffsetDateTime.parse(body.text("date")).toInstant());
            } catch (DateTimeException e) {
                throw ProblemException.badInput("Property \"date\" must be a moment such as 2026-03-01T12:00:00Z.");
            }
        }
    }
}
