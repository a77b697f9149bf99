package dev.mailroom.bounces;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a delivery report says.
 *
 * @param messageId the Message-ID of the mail it speaks of, without angle brackets; empty = it is not said
 * @param envelopeId the ENVID that the mail was sent with (RFC 3461); empty = it is not said
 * @param to the mailboxes that the report came to: an envelope sender may hold what names the mail
 * @param recipients what became of each recipient it names; at least one
 */
public record DeliveryReport(
        String messageId, String envelopeId, List<String> to, List<RecipientReport> recipients) {
    private static final int LONGEST = 998;

    /** Copies the lists. */
    public DeliveryReport {
        to = List.copyOf(to);
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("recipients: a report speaks of at least one");
        }
    }

    /**
     * The Message-IDs that the mail may have, the likeliest first. Mailroom's envelope ids are Message-IDs, and in an
     * envelope sender such as {@code bounces+{id}@example.org} stands what is before the at sign of one; behind it
     * stands the author's domain, of which the envelope sender's may be a part.
     */
    public List<String> messageIds() {
        Set<String> ids = new LinkedHashSet<>(List.of(messageId, envelopeId));
        for (String mailbox : to) {
            int at = mailbox.lastIndexOf('@');
            int plus = mailbox.indexOf('+');
            if (plus > 0 && at > plus + 1) {
                String domain = mailbox.substring(at + 1);
                for (String one : withParents(domain)) {
                    ids.add(mailbox.substring(plus + 1, at) + "@" + one);
                }
            }
        }
        // Anything else is no Message-ID, and databases refuse some of it.
        ids.removeIf(id -> id.isEmpty() || id.length() > LONGEST || !id.chars().allMatch(c -> c > ' ' && c < 127));
        return List.copyOf(ids);
    }

    private static List<String> withParents(String domain) {
        List<String> domains = new ArrayList<>(List.of(domain));
        for (int dot = domain.indexOf('.'); dot >= 0 && domain.indexOf('.', dot + 1) >= 0 && domains.size() < 4;
                dot = domain.indexOf('.', dot + 1)) {
            domains.add(domain.substring(dot + 1));
        }
        return domains;
    }
}
