package dev.mailroom.console.rest;

import static dev.mailroom.console.rest.Documents.document;
import static dev.mailroom.console.rest.Documents.problemOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailMode;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.EmailPriority;
import dev.mailroom.facade.EmailSensitivity;
import dev.mailroom.facade.fields.EmailFields;
import dev.mailroom.facade.fields.EmailOrigin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
    @Test
    void aSessionNeedsOnlyUserNameAndServer() {
        SessionRequest request = SessionRequest.from(document("{\"username\":\"jane\",\"server\":\"mail\"}"));
        assertEquals(new SessionRequest("jane", "", "mail", 25, EmailMode.EMAIL_SYNCHRONOUS,
                EmailOption.EMAIL_OPTION_DEFAULT), request);
    }

    @ParameterizedTest
    @CsvSource({
        "emailOptionDefault, EMAIL_OPTION_DEFAULT",
        "emailOptionSecuredTLS, EMAIL_OPTION_SECURED_TLS",
        "EMAILOPTIONSECUREDTLS, EMAIL_OPTION_SECURED_TLS",
        "emailProtocolSMTPS, EMAIL_PROTOCOL_SMTPS",
        "optionSSL, OPTION_SSL",
    })
    void anOptionIsOneOfTheWlanguageWords(String word, EmailOption option) {
        assertEquals(option, SessionRequest.from(document(
                "{\"username\":\"jane\",\"server\":\"mail\",\"option\":\"" + word + "\"}")).option());
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheKnownOnes() {
        String detail = problemOf(() -> SessionRequest.from(document(
                "{\"username\":\"jane\",\"server\":\"mail\",\"option\":\"starttls\"}"))).detail();
        assertTrue(detail.contains("emailOptionDefault, emailOptionSecuredTLS, emailProtocolSMTPS, optionSSL"), detail);
    }

    @Test
    void aSessionRequestNeverShowsItsPassword() {
        SessionRequest request = SessionRequest.from(document(
                "{\"username\":\"jane\",\"server\":\"mail\",\"password\":\"hunter2\",\"asynchronous\":true}"));
        assertEquals("hunter2", request.password());
        assertEquals(EmailMode.EMAIL_ASYNCHRONOUS, request.mode());
        assertFalse(request.toString().contains("hunter2"));
    }

    @Test
    void everyPropertyOfAMessageReachesTheEmail() {
        Email email = MessageRequest.from(document("""
                {"sender": "Jane <jane@example.org>", "recipients": ["a@example.org", "b@example.org"],
                 "cc": ["c@example.org"], "bcc": ["d@example.org"], "replyTo": "desk@example.org",
                 "subject": "Grüße", "message": "text", "html": "<p>html", "partialSend": true,
                 "priority": "High", "sensitivity": "company_confidential", "acknowledgementOfReceipt": true,
                 "dispositionNotification": true, "messageId": "7@example.org", "idempotencyKey": "invoice 7",
                 "reference": "order 9",
                 "attachments": [{"name": "ä.txt", "contentType": "text/plain", "content": "aGVsbG8=",
                                  "identifier": "logo"}]}
                """));
        assertEquals("Jane <jane@example.org>", email.getSender());
        assertEquals(List.of("a@example.org", "b@example.org"), email.getRecipient());
        assertEquals(List.of("c@example.org"), email.getCc());
        assertEquals(List.of("d@example.org"), email.getBcc());
        assertEquals("desk@example.org", email.getSenderAddress());
        assertEquals("Grüße", email.getSubject());
        assertEquals("text", email.getMessage());
        assertEquals("<p>html", email.getHtml());
        assertTrue(email.isPartialSend());
        assertEquals(EmailPriority.EMAIL_HIGH_PRIORITY, email.getPriority());
        assertEquals(EmailSensitivity.EMAIL_COMPANY_CONFIDENTIAL, email.getSensitivity());
        assertTrue(email.isAcknowledgementOfReceipt());
        assertTrue(email.isDispositionNotification());
        assertEquals("7@example.org", email.getId());
        assertEquals("invoice 7", email.getIdempotencyKey());
        assertEquals("order 9", email.getReference());
        var attachment = email.getAttach().get(0);
        assertEquals("ä.txt", attachment.name());
        assertEquals("text/plain", attachment.contentType());
        assertArrayEquals("hello".getBytes(StandardCharsets.US_ASCII), attachment.content());
        assertEquals("logo", attachment.identifier());
    }

    @Test
    void everythingThatAnApplicationCanSetOfAnEmailHasAProperty() {
        Map<String, String> otherwiseCalled = Map.of(
                "SenderAddress", "replyTo", "Id", "messageId", "Recipient", "recipients", "Attach", "attachments");
        Set<String> told = Set.of("getRefused", "getRecipientOutcomes", "headers", "getReferences", "setSource");
        Set<String> settable = Arrays.stream(Email.class.getMethods())
                .filter(method -> !told.contains(method.getName()) && (method.getName().startsWith("set")
                        || method.getReturnType() == List.class))
                .map(method -> method.getName().substring(3))
                .map(name -> otherwiseCalled.getOrDefault(name, name.substring(0, 1).toLowerCase() + name.substring(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, List<String>> groups = Map.of("add", List.of("headers"), "getOwn", List.of(),
                "unsubscribe", List.of("unsubscribeUrl", "unsubscribeMailto"));
        Stream.of(EmailFields.class, EmailOrigin.class).flatMap(group -> Arrays.stream(group.getMethods()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> method.getName().startsWith("set") || groups.containsKey(method.getName())
                        || method.getName().equals("getFurtherAuthors"))
                .flatMap(method -> groups.containsKey(method.getName()) ? groups.get(method.getName()).stream()
                        : Stream.of(method.getName().substring(3, 4).toLowerCase() + method.getName().substring(4)))
                .forEach(settable::add);
        assertEquals(settable, new TreeSet<>(MessageRequest.PROPERTIES));
    }

    @Test
    void everyPropertyOfAMessagesGroupsReachesTheEmail() {
        Email email = MessageRequest.from(document("""
                {"recipients": ["a@example.org"], "inReplyTo": "<a@x.org>", "references": ["b@x.org", "a@x.org"],
                 "headers": [{"name": "X-Campaign", "value": "spring"}, {"name": "X-Empty"}],
                 "autoSubmitted": "auto-generated", "unsubscribeUrl": "https://example.org/u",
                 "unsubscribeMailto": "leave@example.org", "furtherAuthors": ["b@example.org"],
                 "transmitter": "office@example.org", "envelopeSender": "bounces+{id}@example.org",
                 "date": "2026-03-01T13:00:00+01:00", "sendAt": "2036-03-01T12:00:00Z",
                 "expires": "2036-03-01T13:00:00Z"}
                """));
        EmailFields fields = email.getFields();
        assertEquals("a@x.org [b@x.org, a@x.org] auto-generated https://example.org/u leave@example.org",
                String.join(" ", fields.getInReplyTo(), fields.getReferences().toString(), fields.getAutoSubmitted(),
                        fields.getUnsubscribeUrl(), fields.getUnsubscribeMailto()));
        assertEquals(List.of(new EmailFields.OwnField("X-Campaign", "spring"),
                new EmailFields.OwnField("X-Empty", "")), fields.getOwn());
        EmailOrigin origin = email.getOrigin();
        assertEquals("[b@example.org] office@example.org bounces+{id}@example.org 2026-03-01T12:00:00Z",
                String.join(" ", origin.getFurtherAuthors().toString(), origin.getTransmitter(),
                        origin.getEnvelopeSender(), origin.getDate().orElseThrow().toString()));
        assertEquals("2036-03-01T12:00:00Z 2036-03-01T13:00:00Z",
                email.getSendAt().orElseThrow() + " " + email.getExpires().orElseThrow());
    }

    @Test
    void aHeaderFieldThatIsNotAnApplicationsIsBadInput() {
        for (String bad : List.of("\"headers\": [{\"name\": \"Bcc\", \"value\": \"x@y.z\"}]",
                "\"headers\": [{\"name\": \"X-A\", \"value\": \"x\\r\\nBcc: x@y.z\"}]",
                "\"inReplyTo\": \"x\"", "\"unsubscribeUrl\": \"http://x.org\"", "\"date\": \"tomorrow\"",
                "\"sendAt\": \"2036-03-01T12:00:00Z\", \"expires\": \"2036-03-01T12:00:00Z\"")) {
            String detail = problemOf(() -> MessageRequest.from(document("{" + bad + "}"))).detail();
            assertFalse(detail.contains("\n") || detail.contains("\r"), detail);
        }
    }

    @Test
    void aWordThatIsNotKnownIsAnsweredWithTheKnownOnes() {
        String detail = problemOf(() -> MessageRequest.from(document(
                "{\"sender\": \"a@example.org\", \"priority\": \"urgent\"}"))).detail();
        assertTrue(detail.contains("\"priority\" must be one of high, normal, low"), detail);
    }

    @Test
    void anAttachmentWithoutContentIsBadInputAndAnEmptyFileIsNone() {
        String attached = "{\"sender\": \"a@example.org\", \"attachments\": [{\"name\": \"a.pdf\"%s}]}";
        for (String content : List.of("", ", \"content\": null")) {
            String detail = problemOf(() -> MessageRequest.from(document(attached.formatted(content)))).detail();
            assertTrue(detail.contains("\"attachments[0].content\" is missing"), detail);
        }
        Email email = MessageRequest.from(document(attached.formatted(", \"content\": \"\"")));
        assertEquals(0, email.getAttach().get(0).content().length);
    }

    @Test
    void recipientsAndAttachmentsAreBounded() {
        String mail = "{\"sender\": \"a@example.org\", \"recipients\": [\"b@example.org\"], \"bcc\": [%s]}";
        String many = String.join(",", Collections.nCopies(MessageRequest.MOST_RECIPIENTS, "\"c@example.org\""));
        assertTrue(problemOf(() -> MessageRequest.from(document(mail.formatted(many)))).detail().contains("1001"));
        String files = String.join(",", Collections.nCopies(MessageRequest.MOST_ATTACHMENTS + 1,
                "{\"name\": \"a\", \"content\": \"\"}"));
        assertTrue(problemOf(() -> MessageRequest.from(document(
                "{\"sender\": \"a@example.org\", \"attachments\": [" + files + "]}"))).detail().contains("201"));
    }

    @Test
    void anAttachmentThatIsNotBase64IsNamed() {
        String detail = problemOf(() -> MessageRequest.from(document("""
                {"sender": "a@example.org",
                 "attachments": [{"name": "a", "content": ""}, {"name": "b", "content": "%"}]}
                """))).detail();
        assertTrue(detail.contains("\"attachments[1].content\" must be Base64"), detail);
    }
}
