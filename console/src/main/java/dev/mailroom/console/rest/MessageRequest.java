package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailAttachment;
import java.util.Base64;

/** Reads an Email; what its values must be is the facade's business. */
final class MessageRequest {
    private MessageRequest() {
    }

    static Email from(JsonDocument document) {
        JsonBody body = JsonBody.of(document, "sender", "recipients", "cc", "bcc", "replyTo", "subject", "message",
                "html", "attachments", "partialSend");
        Email email = new Email();
        email.setSender(body.requiredText("sender"));
        email.getRecipient().addAll(body.texts("recipients"));
        email.getCc().addAll(body.texts("cc"));
        email.getBcc().addAll(body.texts("bcc"));
        email.setSenderAddress(body.text("replyTo"));
        email.setSubject(body.text("subject"));
        email.setMessage(body.text("message"));
        email.setHtml(body.text("html"));
        email.setPartialSend(body.flag("partialSend"));
        body.objects("attachments", "name", "contentType", "content", "identifier").stream()
                .map(MessageRequest::attachment)
                .forEach(email.getAttach()::add);
        return email;
    }

    private static EmailAttachment attachment(JsonBody body) {
        return new EmailAttachment(
                body.requiredText("name"), body.text("contentType"), content(body), body.text("identifier"));
    }

    private static byte[] content(JsonBody body) {
        try {
            return Base64.getDecoder().decode(body.text("content"));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput(
                    "Property \"" + body.path("content") + "\" must be Base64 (RFC 4648, section 4).");
        }
    }
}
