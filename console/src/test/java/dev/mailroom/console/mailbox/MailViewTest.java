package dev.mailroom.console.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailViewTest {
    private static MailView view(String source) {
        byte[] bytes = source.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return MailView.of(new StoredMail(1, Instant.EPOCH, "a@example.org", List.of("b@example.org"), bytes));
    }

    @Test
    void bodiesAndAttachmentsAreToldApart() {
        MailView view = view("""
                From: =?UTF-8?Q?J=C3=BCrgen?= <a@example.org>
                Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
                Message-ID: <one@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain; charset=UTF-8

                Hällo
                --inner
                Content-Type: text/html

                <b>Hello</b>
                --inner--
                --outer
                Content-Type: text/plain; name=note.txt
                Content-Disposition: attachment; filename=note.txt
                Content-Transfer-Encoding: base64

                aGVsbG8=
                --outer--
                """);
        assertEquals("Jürgen <a@example.org>", view.from());
        assertEquals("Grüße", view.subject());
        assertEquals("one@example.org", view.messageId());
        assertEquals("Hällo", view.text());
        assertEquals("<b>Hello</b>", view.html());
        assertEquals(1, view.attachments().size());
        assertEquals("note.txt", view.attachments().get(0).name());
        assertEquals(5, view.attachments().get(0).size());
    }

    @Test
    void aMailThatCannotBeDecodedStillShowsItsSource() {
        MailView view = view("""
                Subject: =?no-such-charset?Q?x?=
                Content-Type: text/plain; charset=no-such-charset

                abc
                """);
        assertTrue(view.source().contains("abc"));
        assertEquals("(unreadable: see the source)", view.text());
    }
}
