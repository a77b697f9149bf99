package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.Email;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads the groups of an Email: header fields, origin, schedule. Only what is there makes a group. */
final class FieldsRequest {
    private FieldsRequest() {
    }

    static void read(JsonBody body, Email email) {
        try {
            fields(body, email);
            moment(body, "sendAt").ifPresent(email::setSendAt);
            moment(body, "expires").ifPresent(email::setExpires);
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
        moment(body, "date").ifPresent(moment -> email.getOrigin().setDate(moment));
    }

    private static Optional<Instant> moment(JsonBody body, String name) {
        if (!body.has(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(body.text(name)).toInstant());
        } catch (DateTimeException e) {
            throw ProblemException.badInput("Property \"" + name + "\" must be a moment such as"
                    + " 2026-03-01T12:00:00Z.");
        }
    }
}
