package dev.mailroom.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What whoever sends hears of a mail that went to somebody else. */
class StagedMailTest {
    private static final SmtpReply LATER = SmtpReply.of(450, "4.2.0 later");
    private static final StagingSettings SETTINGS = new StagingSettings("test@lab.org", List.of("*@example.org"));
    private static final RefusedRecipient TEST = new RefusedRecipient("test@lab.org", LATER);

    private static StagedMail staged(String... to) {
        return StagedMail.of(new Mail(new Envelope("from@x.org", List.of(to), true, DeliveryNotification.NONE),
                MailData.of("Subject: x\r\n\r\nx\r\n".getBytes(UTF_8))), SETTINGS);
    }

    private static List<RefusedRecipient> later(String... addresses) {
        return List.of(addresses).stream().map(address -> new RefusedRecipient(address, LATER)).toList();
    }

    private static Failure failure(List<RefusedRecipient> refused, List<String> accepted) {
        return new Failure(Phase.RCPT, "it failed", Delivery.REJECTED, true, LATER, refused, "mx.x.org", 25, false,
                FailureScope.MAIL, accepted);
    }

    @Test
    void aReceiptNamesTheRecipientsOfTheOriginal() {
        StagedMail mail = staged("ann@example.org", "b@customer.org", "c@customer.org");
        Receipt sent = new Receipt(SmtpReply.of(250, "ok"), List.of(TEST));
        assertEquals(later("b@customer.org", "c@customer.org"), ((Receipt) mail.outcome(sent)).refused());
    }

    @Test
    void aFailureNamesTheRecipientsOfTheOriginal() {
        StagedMail mail = staged("ann@example.org", "b@customer.org", "c@customer.org");
        assertEquals(failure(later("ann@example.org", "b@customer.org", "c@customer.org"), List.of()),
                mail.outcome(failure(List.of(later("ann@example.org").get(0), TEST), List.of())));
        assertEquals(failure(later("ann@example.org"), List.of("b@customer.org", "c@customer.org")),
                mail.outcome(failure(later("ann@example.org"), List.of("test@lab.org"))));
    }

    @Test
    void whoTheMailWasForAnywayIsNamedToo() {
        Receipt sent = new Receipt(SmtpReply.of(250, "ok"), List.of(TEST));
        assertEquals(later("b@customer.org", "test@lab.org"),
                ((Receipt) staged("ann@example.org", "test@lab.org", "b@customer.org").outcome(sent)).refused()
                        .stream().sorted((one, other) -> one.address().compareTo(other.address())).toList());
        assertEquals(List.of(TEST), ((Receipt) staged("ann@example.org", "test@lab.org").outcome(sent)).refused());
    }
}
