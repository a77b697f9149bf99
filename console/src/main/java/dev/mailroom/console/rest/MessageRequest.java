package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailAttachment;
import dev.mailroom.facade.EmailPriority;
import dev.mailroom.facade.EmailSensitivity;
import java.util.Base64;
import java.util.List;

/** Reads an Email; what its values must be is the facade's business, but for how many there may be. */
final class MessageRequest {
    /** In all three lists together; a mailing needs one mail for each of its recipients. */
    static final int MOST_RECIPIENTS = 1_000;
    static final int MOST_ATTACHMENTS = 200;

    /** Every property of Email that an application sets; replyTo is its SenderAddress, messageId its Id. */
    static final List<String> PROPERTIES = List.of("sender", "recipients", "cc", "bcc", "replyTo", "subject", "message",
            "html", "attachments", "partialSend", "priority", "sensitivity", "acknowledgementOfReceipt",
            "dispositionNotification", "messageId", "idempotencyKey", "reference", "headers", "inReplyTo", "references",
            "autoSubmitted", "unsubscribeUrl", "unsubscribeMailto", "furtherAuthors", "transmitter", "envelopeSender",
            "date", "sendAt", "expires");

    private MessageRequest() {
    }

    static Email from(JsonDocument document) {
        JsonBody body = JsonBody.of(document, PROPERTIES.toArray(String[]::new));
        Email email = new Email();
        email.setSender(body.text("sender"));
        email.getRecipient().addAll(body.texts("recipients"));
        email.getCc().addAll(body.texts("cc"));
        email.getBcc().addAll(body.texts("bcc"));
        email.setSenderAddress(body.text("replyTo"));
        email.setSubject(body.text("subject"));
        email.setMessage(body.text("message"));
        email.setHtml(body.text("html"));
        email.setPartialSend(body.flag("partialSend"));
        email.setPriority(body.word("priority", "EMAIL_", "_PRIORITY", EmailPriority.EMAIL_NORMAL_PRIORITY));
        email.setSensitivity(body.word("sensitivity", "EMAIL_", "", EmailSensitivity.EMAIL_NORMAL));
        email.setAcknowledgementOfReceipt(body.flag("acknowledgementOfReceipt"));
        email.setDispositionNotification(body.flag("dispositionNotification"));
        email.setId(body.text("messageId"));
        email.setIdempotencyKey(body.text("idempotencyKey"));
        email.setReference(body.text("reference"));
        FieldsRequest.read(body, email);
        bounded("recipients, cc and bcc", MOST_RECIPIENTS,
                email.getRecipient().size() + email.getCc().size() + email.getBcc().size());
        List<JsonBody> attachments = body.objects("attachments", "name", "contentType", "content", "identifier");
        bounded("attachments", MOST_ATTACHMENTS, attachments.size());
        attachments.stream().map(MessageRequest::attachment).forEach(email.getAttach()::add);
        return email;
    }

    private static void bounded(String what, int most, int there) {
        if (there > most) {
            throw ProblemException.badInput("There are " + there + " " + what + "; a mail may have " + most + ".");
        }
    }

    private static EmailAttachment attachment(JsonBody body) {
        return new EmailAttachment(
                body.requiredText("name"), body.text("contentType"), content(body), body.text("identifier"));
    }

    private static byte[] content(JsonBody body) {
        if (!body.has("content")) {
            throw ProblemException.badInput("Property \"" + body.path("content")
                    + "\" is missing: the file in Base64 is needed, an empty text for an empty file.");
        }
        try {
            return Base64.getDecoder().decode(body.text("content"));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput(
                    "Property \"" + body.path("content") + "\" must be Base64 (RFC 4648, section 4).");
        }
    }
}
