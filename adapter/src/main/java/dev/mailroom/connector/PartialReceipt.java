package dev.mailroom.connector;

import dev.mailroom.Delivery;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What has become of a mail that goes in several mail transactions because it has more recipients than the server takes
 * in one (RFC 5321, section 4.5.3.1.10).
 *
 * @param receipt the first transaction's
 * @param refused those refused for good so far
 * @param tooMany those still to be asked for, in their order; one or more
 */
record PartialReceipt(Receipt receipt, List<RefusedRecipient> refused, List<RefusedRecipient> tooMany) {
    private static final int SHOWN = 20;

    /** Whether the receipt leaves recipients that another transaction may take. */
    static boolean leavesRest(Mail mail, Receipt receipt) {
        return mail.envelope().partialSend() && !receipt.refused().isEmpty()
                && receipt.refused().stream().anyMatch(RefusedRecipient::isOneTooMany);
    }

    /** Adds a further transaction to what is known so far. */
    static PartialReceipt of(Optional<PartialReceipt> soFar, Receipt next) {
        List<RefusedRecipient> refused = new ArrayList<>(soFar.map(PartialReceipt::refused).orElse(List.of()));
        next.refused().stream().filter(one -> !one.isOneTooMany()).forEach(refused::add);
        return new PartialReceipt(soFar.map(PartialReceipt::receipt).orElse(next), refused,
                next.refused().stream().filter(RefusedRecipient::isOneTooMany).toList());
    }

    /** The same mail for those still to be asked for. */
    Mail rest(Mail mail) {
        Envelope envelope = mail.envelope();
        return new Mail(new Envelope(envelope.reversePath(), addresses(tooMany),
                true, envelope.notification()), mail.data());
    }

    /**
     * The whole, once the last transaction is over. If that one failed, its recipients stay refused as before; if it is
     * in doubt, so are they.
     */
    Outcome with(Mail mail, Outcome last) {
        if (last instanceof Failure failure && failure.delivery() == Delivery.IN_DOUBT) {
            return inDoubt(mail, failure);
        }
        List<RefusedRecipient> all = new ArrayList<>(refused);
        all.addAll(last.refused());
        if (last instanceof Failure) {
            tooMany.stream().filter(one -> !addresses(last.refused()).contains(one.address())).forEach(all::add);
        }
        return new Receipt(receipt.reply(), all);
    }

    private Failure inDoubt(Mail mail, Failure last) {
        List<RefusedRecipient> known = new ArrayList<>(refused);
        known.addAll(last.refused());
        List<String> doubtful = addresses(tooMany).stream()
                .filter(path -> !addresses(last.refused()).contains(path)).toList();
        List<String> accepted = mail.envelope().forwardPaths().stream()
                .filter(path -> !doubtful.contains(path) && !addresses(known).contains(path)).toList();
        String message = last.message() + ". That is about " + shown(doubtful) + "; the server had accepted the mail "
                + "for " + accepted.size() + " other recipients before";
        return new Failure(last.phase(), message, last.delivery(), last.reusable(), last.reply(), known, last.host(),
                last.port(), last.lasting(), last.scope(), accepted);
    }

    private static List<String> addresses(List<RefusedRecipient> recipients) {
        return recipients.stream().map(RefusedRecipient::address).toList();
    }

    private static String shown(List<String> addresses) {
        return addresses.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (addresses.size() > SHOWN ? ", …" : "");
    }
}
