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
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        var attachment = email.getAttach().get(0);
        assertEquals("ä.txt", attachment.name());
        assertEquals("text/plain", attachment.contentType());
        assertArrayEquals("hello".getBytes(StandardCharsets.US_ASCII), attachment.content());
        assertEquals("logo", attachment.identifier());
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
