package org.example.invoicing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application in its server, against a mail server in this process. */
final class InvoicingIT {
    @TempDir
    private static Path folder;
    private static final GreenMail MAILS = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        MAILS.start();
        server = Server.start(folder, "-Dmailroom.session.billing.port=" + MAILS.getSmtp().getPort(),
                "-Dmailroom.spool.directory=" + folder.resolve("spool"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        MAILS.stop();
    }

    @BeforeEach
    void forgetMails() throws FolderException {
        MAILS.purgeEmailFromAllMailboxes();
    }

    @Test
    void theCustomerGetsTheInvoiceAndTheRowSaysSo() throws Exception {
        assertEquals(200, server.post("invoices", "number=7&customer=ann@example.org&amount=19.90").statusCode());
        assertTrue(MAILS.waitForIncomingEmail(30_000, 1));
        MimeMessage mail = MAILS.getReceivedMessages()[0];
        assertEquals("Invoice 7", mail.getSubject());
        String source = GreenMailUtil.getWholeMessage(mail);
        assertTrue(source.contains("Content-ID: <logo>") && source.contains("invoice-7.pdf"), source);
        server.await("invoices/7", "\"mailState\":\"SENT\"");
    }

    @Test
    void anInvoiceThatIsNotWrittenIsNotMailed() throws Exception {
        // Accepted by the spool, then too large for its column: the transaction rolls back.
        int status = server.post("invoices", "number=8&customer=bob@example.org&amount=99999999999").statusCode();
        assertEquals(500, status);
        assertEquals(200, server.post("invoices", "number=9&customer=cid@example.org&amount=1").statusCode());
        server.await("invoices/9", "\"mailState\":\"SENT\"");
        assertEquals(0, MAILS.getReceivedMessagesForDomain("bob@example.org").length);
    }

    @Test
    void aRepeatedRequestIsAnsweredAndMailsNothing() throws Exception {
        String form = "number=10&customer=dan@example.org&amount=2";
        assertEquals(200, server.post("invoices", form).statusCode());
        server.await("invoices/10", "\"mailState\":\"SENT\"");
        String repeated = server.post("invoices", form).body();
        assertTrue(repeated.contains("\"mailState\":\"SENT\""), repeated);
        assertEquals(1, MAILS.getReceivedMessagesForDomain("dan@example.org").length);
    }
}
