package org.example.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.mailroom.Delivery;
import dev.mailroom.SmtpSettings;
import dev.mailroom.standalone.MailConnections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoticesTest {
    @Test
    void everyReaderGetsTheNotice() throws Exception {
        GreenMail mails = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        mails.start();
        try (MailConnections connections = MailConnections.open()) {
            SmtpSettings server = SmtpSettings.of("notices", "127.0.0.1", mails.getSmtp().getPort());
            var outcomes = new Notices(connections, server)
                    .mail(List.of("ann@example.org", "bob@example.org"), "The bridge is closed on Monday – grüezi.");
            assertEquals(2, outcomes.size());
            outcomes.values().forEach(outcome -> assertEquals(Delivery.SENT, outcome.delivery()));
            assertEquals(2, mails.getReceivedMessages().length);
            assertEquals("The bridge is closed on Monday – grüezi.",
                    mails.getReceivedMessages()[0].getContent().toString().strip());
        } finally {
            mails.stop();
        }
    }
}
