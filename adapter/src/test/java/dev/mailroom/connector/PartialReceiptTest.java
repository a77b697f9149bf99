package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mailroom.Delivery;
import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartialReceiptTest {
    private static final SmtpReply OK = SmtpReply.of(250, "2.0.0 queued");
    private static final RefusedRecipient GONE = refused("gone", 550, "5.1.1 gone");
    private static final RefusedRecipient FIRST = refused("first", 452, "4.5.3 too many");
    private static final RefusedRecipient SECOND = refused("second", 452, "4.5.3 too many");

    private static final Mail MAIL = new Mail(new Envelope("s@x.org", List.of("has@x.org", "gone@x.org", "first@x.org",
            "second@x.org"), true, DeliveryNotification.NONE), MailData.of(new byte[0]));

    private final PartialReceipt sum =
            PartialReceipt.of(Optional.empty(), new Receipt(OK, List.of(GONE, FIRST, SECOND)));

    private static RefusedRecipient refused(String name, int code, String text) {
        return new RefusedRecipient(name + "@x.org", SmtpReply.of(code, text));
    }

    private static Outcome failure(Phase phase, RefusedRecipient... refused) {
        return new Failure(phase, "it failed", Delivery.REJECTED, true, SmtpReply.of(554, "5.7.1 no"),
                List.of(refused), "mx.example.org", 25);
    }

    @Test
    void whoeverTheLastTransactionTookIsNotRefused() {
        assertEquals(List.of(GONE), sum.with(MAIL, new Receipt(OK, List.of())).refused());
    }

    @Test
    void nobodyCountsAsReachedWhereTheLastTransactionFailed() {
        RefusedRecipient second = refused("second", 550, "5.1.1 gone, too");
        assertEquals(List.of(GONE, FIRST, SECOND), sum.with(MAIL, failure(Phase.MAIL)).refused());
        assertEquals(List.of(GONE, second, FIRST), sum.with(MAIL, failure(Phase.FINAL_DOT, second)).refused());
    }

    @Test
    void recipientsInDoubtAreNeitherRefusedNorReached() {
        Failure last = new Failure(Phase.FINAL_DOT, "cut", Delivery.IN_DOUBT, false, SmtpReply.NONE, List.of(SECOND),
                "mx.example.org", 25);
        Failure whole = assertInstanceOf(Failure.class, sum.with(MAIL, last));
        assertEquals(Delivery.IN_DOUBT, whole.delivery());
        assertEquals(List.of("has@x.org"), whole.accepted());
        assertEquals(List.of(GONE, SECOND), whole.refused());
    }
}
