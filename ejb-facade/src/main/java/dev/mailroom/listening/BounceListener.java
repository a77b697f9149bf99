package dev.mailroom.listening;

import dev.mailroom.SmtpReply;
import dev.mailroom.arrival.UnclaimedMailException;
import dev.mailroom.bounces.DeliveryAction;
import dev.mailroom.bounces.DeliveryReport;
import dev.mailroom.bounces.DeliveryReportReader;
import dev.mailroom.bounces.RecipientReport;
import dev.mailroom.receiving.ReceivedMail;
import dev.mailroom.spool.BouncedRecipient;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.service.Spool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads delivery reports: the outcome of each recipient that has failed is noted and told. What is no report, or none
 * of a mail that the spool remembers, is left as it is.
 */
final class BounceListener {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");
    private static final Pattern REPLY = Pattern.compile("(?<![\\d.])([245]\\d\\d)[ -](.*)");

    private final Spool spool;
    private final Set<SpoolQueue> queues;
    private final Consumer<MailBounced> observers;
    private boolean prepared;

    /** @param sessions the named sessions whose reports come */
    BounceListener(Spool spool, Set<String> sessions, Consumer<MailBounced> observers) {
        this.spool = spool;
        this.queues = sessions.stream().map(SpoolQueue::named).collect(Collectors.toSet());
        this.observers = observers;
    }

    /** What the mail reports; before the transaction that notes it, since the first report makes an index. */
    DeliveryReport read(ReceivedMail mail) throws SpoolException, UnclaimedMailException {
        DeliveryReport report = DeliveryReportReader.read(mail.source())
                .orElseThrow(() -> new UnclaimedMailException("it is no delivery report"));
        if (!prepared) {
            spool.prepareBounces();
            prepared = true;
        }
        return report;
    }

    /** Notes and tells it, in the caller's transaction. */
    void note(DeliveryReport report, ReceivedMail mail) throws SpoolException, UnclaimedMailException {
        List<MailBounced> bounces = find(report);
        if (bounces.isEmpty()) {
            throw new UnclaimedMailException("it reports no failure of a mail that is remembered");
        }
        for (MailBounced bounce : bounces) {
            LOG.log(System.Logger.Level.INFO, "MR0854 mail " + bounce.id() + " to " + bounce.recipient()
                    + " came back, says " + mail + ": " + bounce.reply());
            observers.accept(bounce);
        }
    }

    private List<MailBounced> find(DeliveryReport report) throws SpoolException {
        List<BouncedRecipient> failed = report.recipients().stream()
                .filter(recipient -> recipient.action() == DeliveryAction.FAILED)
                .map(recipient -> new BouncedRecipient(Stream.of(recipient.original(), recipient.address())
                        .filter(mailbox -> !mailbox.isEmpty()).toList(), reply(recipient))).toList();
        List<MailBounced> bounces = new ArrayList<>();
        for (String id : report.messageIds()) {
            List<BouncedRecipient> left = failed.stream().filter(recipient -> bounces.stream()
                    .noneMatch(bounce -> recipient.is(bounce.recipient()))).toList();
            if (!left.isEmpty()) {
                bounces.addAll(spool.bounced(id, queues, left));
            }
        }
        return bounces;
    }

    /** The reply that the report quotes; where it quotes none, 550 and what it says. */
    static SmtpReply reply(RecipientReport recipient) {
        Matcher reply = REPLY.matcher(recipient.diagnostic());
        if (reply.find() && reply.group(1).charAt(0) == '5') {
            return SmtpReply.of(Integer.parseInt(reply.group(1)), reply.group(2));
        }
        return SmtpReply.of(550, (recipient.status() + " " + recipient.diagnostic()).strip());
    }
}
