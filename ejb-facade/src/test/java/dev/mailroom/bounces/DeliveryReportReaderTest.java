package dev.mailroom.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mails are delivery reports, and what they say. */
final class DeliveryReportReaderTest {
    private static final String STANDARD = """
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.org
            To: shop@example.org
            Subject: Undelivered
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain; charset=us-ascii

            Two of your recipients did not get it.

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org
            Original-Envelope-Id: order+2B4711
            Arrival-Date: Fri, 27 Nov 2026 10:00:00 +0000

            Original-Recipient: rfc822;Ann@example.net
            Final-Recipient: rfc822; ann@inner.example.net
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; inner.example.net
            Diagnostic-Code: smtp; 550 5.1.1 no such
                mailbox

            Final-Recipient: rfc822;bob+tag@example.net
            Action: delayed (still trying)
            Status: 4.4.1 (no answer)

            --b
            Content-Type: message/rfc822

            From: shop@example.org
            Message-ID: <order-4711@example.org>
            Subject: Your order

            Message-ID: <not-this@example.org>
            --b--
            """;

    private static Optional<DeliveryReport> read(String mail) {
        return DeliveryReportReader.read(mail.replace("\n", "\r\n").getBytes(UTF_8));
    }

    @Test
    void aStandardReportNamesItsMailAndEachRecipient() {
        DeliveryReport report = read(STANDARD).orElseThrow();
        assertEquals("order-4711@example.org", report.messageId());
        assertEquals("order+4711", report.envelopeId());
        assertEquals(List.of(
                new RecipientReport("ann@inner.example.net", "Ann@example.net", DeliveryAction.FAILED, "5.1.1",
                        "550 5.1.1 no such mailbox"),
                new RecipientReport("bob+tag@example.net", "", DeliveryAction.DELAYED, "4.4.1", "")),
                report.recipients());
        assertTrue(report.recipients().get(0).isOf("ann@EXAMPLE.net"));
        assertFalse(report.recipients().get(0).isOf("nan@example.net"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers",
        "Message/RFC822"})
    void theMailThatCameBackIsReadInEveryForm(String type) {
        assertEquals("order-4711@example.org", read(STANDARD.replace("message/rfc822", type))
                .orElseThrow().messageId());
    }

    @Test
    void withoutTheMailThatCameBackTheReportAnswersIt() {
        String bare = STANDARD.substring(0, STANDARD.indexOf("--b\nContent-Type: message/rfc822")) + "--b--\n";
        assertEquals("", read(bare).orElseThrow().messageId());
        assertEquals("x@example.org", read("In-Reply-To: <x@example.org>\n" + bare).orElseThrow().messageId());
    }

    @ParameterizedTest
    @CsvSource({"failed,FAILED", "Delayed,DELAYED", "delivered,DELIVERED", "relayed,RELAYED", "expanded,EXPANDED",
        "FAILED (for ever),FAILED"})
    void everyActionOfTheStandardIsKnown(String word, DeliveryAction action) {
        assertEquals(action, read(STANDARD.replace("Action: failed", "Action: " + word)).orElseThrow()
                .recipients().get(0).action());
    }

    @Test
    void aRecipientWithoutAKnownActionIsLeftOut() {
        assertEquals(1, read(STANDARD.replace("Action: failed", "Action: vanished")).orElseThrow()
                .recipients().size());
    }

    @Test
    void theMailIsNamedByItsMessageIdItsEnvelopeIdOrTheAddressThatTheReportCameTo() {
        String verp = STANDARD.replace("To: shop@example.org",
                "Delivered-To: <bounces+77@mail.bounces.example.org>\nTo: shop@example.org");
        assertEquals(List.of("order-4711@example.org", "order+4711", "77@mail.bounces.example.org",
                "77@bounces.example.org", "77@example.org"), read(verp).orElseThrow().messageIds());
        assertEquals(List.of("77@x.org"), read("From: mailer-daemon@x.org\nTo: bounces+77@x.org\n\n"
                + "<bob@example.net>: 550 5.1.1 no such mailbox\n").orElseThrow().messageIds());
    }

    @Test
    void aReadReceiptIsNoDeliveryReport() {
        assertTrue(read(STANDARD.replace("delivery-status", "disposition-notification")).isEmpty());
    }

    @Test
    void anEximReportIsUnderstood() {
        DeliveryReport report = read("""
                Return-path: <>
                Auto-Submitted: auto-replied
                X-Failed-Recipients: ann@example.net,
                  bob@example.net
                From: Mail Delivery System <Mailer-Daemon@mx.example.org>
                To: shop@example.org
                Subject: Mail delivery failed

                Not delivered:

                  ann@example.net
                    host mx.example.net [192.0.2.1]
                    SMTP error from remote mail server after RCPT TO:<ann@example.net>:
                    550 5.7.1 blocked

                  bob@example.net
                    Unrouteable address

                ------ This is a copy of the message, including all the headers. ------

                Return-path: <shop@example.org>
                Message-Id: <order-4711@example.org>
                Subject: Your order

                  <eve@example.net>: 550 5.1.1 in the text
                """).orElseThrow();
        assertEquals("order-4711@example.org", report.messageId());
        assertEquals(List.of("ann@example.net", "bob@example.net"),
                report.recipients().stream().map(RecipientReport::address).toList());
        assertEquals("5.7.1", report.recipients().get(0).status());
        assertEquals("Unrouteable address", report.recipients().get(1).diagnostic());
    }

    @Test
    void aQmailReportIsUnderstood() {
        DeliveryReport report = read("""
                Return-Path: <>
                From: MAILER-DAEMON@mx.example.org
                To: shop@example.org
                Subject: failure notice

                This mail could not be delivered.

                <ann@example.net>:
                192.0.2.1 does not like recipient.
                Remote host said: 550 5.1.1 no such mailbox

                <bob@example.net>:
                Connected, but the sender was told to wait. 421 later

                --- Below this line is a copy of the message.

                Return-Path: <shop@example.org>
                Message-ID: <order-4711@example.org>

                text
                """).orElseThrow();
        assertEquals("order-4711@example.org", report.messageId());
        assertEquals(List.of("ann@example.net"),
                report.recipients().stream().map(RecipientReport::address).toList(), "a wait is no refusal");
        assertEquals("5.1.1", report.recipients().get(0).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "From: ann@example.org\nSubject: Undelivered\n\n<bob@example.net>: 550 5.1.1 no\nMessage-ID: <a@b>\n",
        "Return-Path: <>\nAuto-Submitted: auto-replied\nFrom: ann@example.org\nIn-Reply-To: <a@b>\n\nI am away.\n",
        "From: mailer-daemon@x.org\n\n<bob@example.net>: 550 5.1.1 no such mailbox\n",
        "From: mailer-daemon@x.org\nIn-Reply-To: <a@b>\n\nYour mailbox is 95 % full.\n",
        ""})
    void whatIsUnclearIsNoReport(String mail) {
        assertTrue(read(mail).isEmpty());
    }

    @Test
    void noReportNamesMoreThanAThousandRecipientsNorAnIdThatIsNone() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            many.append("\nFinal-Recipient: rfc822; a").append(i % 2_000).append("@example.net\nAction: failed\n");
        }
        DeliveryReport report = read(STANDARD.replace("\nFinal-Recipient: rfc822;bob", many
                + "\nFinal-Recipient: rfc822;bob").replace("order+2B4711", "a+00b")).orElseThrow();
        assertEquals(1_000, report.recipients().size());
        assertEquals(List.of("order-4711@example.org"), report.messageIds());
    }

    @ParameterizedTest
    @CsvSource({"a+2Bb,a+b", "a+3Db,a=b", "a+tag,a+tag", "a+41,a+41", "a+20b,'a b'", "+C3+A4,\u00e4", "plain,plain"})
    void identifiersAreDecodedAndMailboxesWithAPlusStay(String written, String meant) {
        assertEquals(meant, Xtext.decode(written));
    }

    @Test
    void noMailMakesTheReaderThrowOrWorkForLong() {
        Random random = new Random(7);
        byte[] good = STANDARD.replace("\n", "\r\n").getBytes(UTF_8);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int round = 0; round < 3_000; round++) {
                byte[] damaged = good.clone();
                for (int change = random.nextInt(20); change >= 0; change--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                DeliveryReportReader.read(damaged);
            }
            String start = "From: mailer-daemon@x.org\n\n";
            read(start + "<".repeat(200_000));
            read(start + "\n".repeat(99_000));
            read("X-Failed-Recipients: " + "a".repeat(10) + "@b ".repeat(1_000) + "\n" + start + "x ".repeat(49_000));
            read(start + "<a@b>".repeat(50_000));
            read(start + "Message-ID: <" + "x".repeat(200_000));
            read("X-Failed-Recipients: " + "a@b,".repeat(60_000) + "\n" + start + "a@b 550 ".repeat(30_000));
        });
    }
}
