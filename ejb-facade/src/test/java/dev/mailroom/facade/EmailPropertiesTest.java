package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.DeliveryNotification.Event;
import dev.mailroom.facade.MailError.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmailPropertiesTest {
    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;
    private final Email email = Bench.email();

    @BeforeEach
    void start() {
        assertTrue(facade.emailStartSMTPSession("user", "host"));
    }

    private String sent() {
        assertTrue(facade.emailSendMessage("user", email), facade.errorInfo());
        return bench.received(bench.sessions.received.size() - 1);
    }

    private DeliveryNotification notification() {
        return bench.sessions.received.get(bench.sessions.received.size() - 1).envelope().notification();
    }

    @Test
    void anOrdinaryMailSaysNothingOfPriorityConfidenceOrReceipts() {
        String header = sent();
        for (String field : new String[] {"Priority", "Importance", "Sensitivity", "Receipt", "Notification"}) {
            assertFalse(header.contains(field), header);
        }
        assertEquals(DeliveryNotification.NONE, notification());
    }

    @Test
    void priorityAndSensitivityAreWritten() {
        email.setPriority(EmailPriority.EMAIL_HIGH_PRIORITY);
        email.setSensitivity(EmailSensitivity.EMAIL_COMPANY_CONFIDENTIAL);
        String high = sent();
        assertTrue(high.contains("\r\nX-Priority: 1\r\nImportance: High\r\n"), high);
        assertTrue(high.contains("\r\nSensitivity: Company-Confidential\r\n"), high);
        email.setPriority(EmailPriority.EMAIL_LOW_PRIORITY);
        assertTrue(sent().contains("\r\nX-Priority: 5\r\nImportance: Low\r\n"));
    }

    @Test
    void aDeliveryReceiptIsAskedOfTheServerAndInTheHeader() {
        email.setAcknowledgementOfReceipt(true);
        String mail = sent();
        assertTrue(mail.contains("\r\nReturn-Receipt-To: Sender <sender@example.org>\r\n"), mail);
        assertEquals(Set.of(Event.SUCCESS, Event.FAILURE), notification().events());
        assertEquals(email.getId(), notification().envelopeId(), "the report names the mail");
        email.setId("x".repeat(64) + "=+=@" + "y".repeat(30) + ".org");
        sent();
        assertEquals("", notification().envelopeId(), "too long for an envelope id");
    }

    @Test
    void aReadReceiptWinsOverADeliveryReceipt() {
        email.setAcknowledgementOfReceipt(true);
        email.setDispositionNotification(true);
        String mail = sent();
        assertTrue(mail.contains("\r\nDisposition-Notification-To: Sender <sender@example.org>\r\n"), mail);
        assertFalse(mail.contains("Return-Receipt-To"), mail);
        assertEquals(DeliveryNotification.NONE, notification());
    }

    @Test
    void aBuiltSourceHasBccOnlyOnRequestAndSendsNothing() {
        email.getBcc().add("Hidden <hidden@example.org>");
        assertTrue(facade.emailBuildSource(email));
        assertTrue(email.getSource().endsWith("\r\n\r\ntext"), email.getSource());
        assertFalse(email.getSource().contains("hidden"), email.getSource());
        assertTrue(facade.emailBuildSource(email, EmailSendOption.EMAIL_OPTION_HEADER_BCC));
        assertTrue(email.getSource().contains("\r\nBcc: Hidden <hidden@example.org>\r\n"), email.getSource());
        assertTrue(bench.sessions.received.isEmpty());
        assertFalse(sent().contains("hidden"));
        assertFalse(facade.emailBuildSource());
        assertEquals(Code.BAD_ARGUMENT, facade.lastError().orElseThrow().code());
    }

    @Test
    void theSourceHasTheMessageIdOfTheNextSend() {
        assertTrue(facade.emailBuildSource(email));
        String id = email.getId();
        assertTrue(email.getSource().contains("\r\nMessage-ID: <" + id + ">\r\n"), email.getSource());
        assertTrue(facade.emailBuildSource(email));
        assertEquals(id, email.getId());
        assertTrue(sent().contains("\r\nMessage-ID: <" + id + ">\r\n"));
        assertFalse(sent().contains(id), "a second mail has an id of its own");
        String second = email.getId();
        assertTrue(facade.emailBuildSource(email));
        assertFalse(email.getSource().contains(second), email.getSource());
        email.setId("mine@example.org");
        assertTrue(facade.emailBuildSource(email));
        assertTrue(sent().contains("\r\nMessage-ID: <mine@example.org>\r\n"));
    }

    @Test
    void assigningRecipientsAndAttachmentsReplacesThoseBefore() {
        for (String customer : List.of("x@example.org", "y@example.org")) {
            email.setRecipient(customer);
            email.setCc("c@example.org", "copy " + customer);
            email.setBcc(List.of("hidden-" + customer));
            email.setAttach(new EmailAttachment(customer + ".bin", "", new byte[1]));
        }
        assertEquals(List.of("y@example.org"), email.getRecipient());
        assertEquals(List.of("c@example.org", "copy y@example.org"), email.getCc());
        assertEquals(List.of("hidden-y@example.org"), email.getBcc());
        assertEquals(List.of("y@example.org.bin"), email.getAttach().stream().map(EmailAttachment::name).toList());
        email.setCc(List.of());
        assertFalse(sent().contains("x@example.org"));
        assertEquals(List.of("y@example.org", "hidden-y@example.org"),
                bench.sessions.received.get(0).envelope().forwardPaths());
        email.setRecipient(email.getRecipient());
        assertEquals(List.of("y@example.org"), email.getRecipient(), "its own list");
        email.getRecipient().add("z@example.org");
        assertEquals(2, email.getRecipient().size());
        email.setRecipient();
        email.setBcc((List<String>) null);
        assertEquals(List.of(), email.getRecipient());
        assertEquals(List.of(), email.getBcc());
    }

    @Test
    void aFileIsReadWhileTheMailIsWritten(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("report.bin"), new byte[] {1, 2, 3});
        var attachment = EmailAttachment.file(file);
        assertArrayEquals(new byte[] {1, 2, 3}, attachment.content());
        email.getAttach().add(attachment);
        Files.write(file, new byte[] {4, 5, 6});
        String mail = sent();
        assertTrue(mail.contains("filename=report.bin\r\n"), mail);
        assertTrue(mail.contains("\r\n\r\n" + Base64.getEncoder().encodeToString(new byte[] {4, 5, 6}) + "\r\n"), mail);
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        email.getAttach().add(EmailAttachment.file(folder.resolve("gone.bin")));
        assertFalse(facade.emailSendMessage("user", email));
        assertEquals(Code.BAD_ARGUMENT, facade.lastError().orElseThrow().code());
        assertTrue(facade.errorInfo().startsWith("Email.Attach[1] cannot be read: "), facade.errorInfo());
        assertTrue(facade.errorInfo().contains("gone.bin: there is no such file"), facade.errorInfo());
    }

    @Test
    void aFileMayHaveAnotherNameATypeAndAnIdentifier(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("tmp4711"), new byte[] {1, 2, 3});
        email.setHtml("<img src='cid:logo'>");
        email.setAttach(EmailAttachment.file(file, "logo.png", "", "logo"),
                EmailAttachment.file(file, null, "a/b", null));
        String mail = sent();
        assertTrue(mail.contains("\r\nContent-Type: image/png; name=logo.png\r\n"), mail);
        assertTrue(mail.contains("\r\nContent-ID: <logo>\r\n"), mail);
        assertTrue(mail.contains("\r\nContent-Type: a/b; name=tmp4711\r\n"), mail);
    }

    @Test
    void nullInAnAttachmentIsEmptyOrAnErrorAndNoException() {
        email.setAttach(new EmailAttachment("a.pdf", null, new byte[] {1}, null));
        assertTrue(sent().contains("\r\nContent-Type: application/pdf; name=a.pdf\r\n"));
        email.setAttach(new EmailAttachment(null, "a/b", new byte[] {1}));
        assertTrue(sent().contains("\r\nContent-Type: a/b\r\n"));
        for (EmailAttachment bad : List.of(new EmailAttachment("a", "", null), EmailAttachment.file(null))) {
            email.setAttach(bad);
            assertFalse(facade.emailSendMessage("user", email));
            assertEquals(Code.BAD_ARGUMENT, facade.lastError().orElseThrow().code());
            assertTrue(facade.errorInfo().startsWith("Email.Attach[1] cannot be read: its "), facade.errorInfo());
        }
    }

    @Test
    void anAttachedMailThatIsNoneIsNamed() {
        email.setAttach(new EmailAttachment("m", "message/rfc822", new byte[] {0}));
        assertFalse(facade.emailSendMessage("user", email));
        assertTrue(facade.errorInfo().startsWith("Email.Attach[1].Content is no mail"), facade.errorInfo());
    }

    @Test
    void resettingLeavesAnEmailAsNew() {
        facade.email().setPriority(EmailPriority.EMAIL_HIGH_PRIORITY);
        facade.email().setDispositionNotification(true);
        facade.email().setId("x@y.z");
        facade.email().getAttach().add(new EmailAttachment("n", "", new byte[0]));
        facade.emailReset();
        assertEquals(EmailPriority.EMAIL_NORMAL_PRIORITY, facade.email().getPriority());
        assertFalse(facade.email().isDispositionNotification());
        assertEquals("", facade.email().getId());
        assertTrue(facade.email().getAttach().isEmpty());
    }
}
