package dev.mailroom.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Delivery;
import dev.mailroom.Envelope;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mail as it may leave a test system.
 *
 * @param original as it was asked for
 * @param mail what is sent instead; empty = nothing may be
 * @param refused those who get nothing
 * @param redirectTo who gets it in place of others
 * @param redirected those others; where it was for {@code redirectTo} as well, that too
 */
record StagedMail(Mail original, Optional<Mail> mail, List<RefusedRecipient> refused, String redirectTo,
        List<String> redirected) {
    /** The field that names those who would have got a mail that was redirected. */
    static final String FIELD = "X-Mailroom-Original-Recipients";

    static StagedMail of(Mail original, StagingSettings settings) {
        List<String> asked = original.envelope().forwardPaths();
        Set<String> paths = new LinkedHashSet<>();
        List<RefusedRecipient> refused = new ArrayList<>();
        Set<String> redirected = new LinkedHashSet<>();
        for (String recipient : asked) {
            if (settings.allows(recipient)) {
                paths.add(recipient);
            } else if (settings.redirectTo().isEmpty()) {
                refused.add(new RefusedRecipient(recipient,
                        SmtpReply.of(550, "5.7.1 not among mailroom.allowed-recipients")));
            } else {
                paths.add(settings.redirectTo());
                redirected.add(recipient);
            }
        }
        if (!redirected.isEmpty() && asked.contains(settings.redirectTo())) {
            redirected.add(settings.redirectTo());
        }
        if (paths.isEmpty() || !refused.isEmpty() && !original.envelope().partialSend()) {
            return new StagedMail(original, Optional.empty(), refused, "", List.of());
        }
        Mail sent = redirected.isEmpty()
                ? new Mail(original.envelope().withForwardPaths(List.copyOf(paths)), original.data())
                : marked(original, List.copyOf(paths));
        return new StagedMail(original, Optional.of(sent), refused, settings.redirectTo(), List.copyOf(redirected));
    }

    private static Mail marked(Mail original, List<String> paths) {
        String field = FIELD + ": " + String.join(",\r\n ", original.envelope().forwardPaths()) + "\r\n";
        boolean beyondAscii = field.chars().anyMatch(c -> c > 127);
        Envelope envelope = original.envelope();
        return new Mail(new Envelope(envelope.reversePath(), paths, envelope.partialSend(), envelope.notification(),
                envelope.utf8Header() || beyondAscii), new MarkedContent(field.getBytes(UTF_8), original.data()));
    }

    /** What became of a mail that may not be sent. */
    Failure failure(SmtpSettings session) {
        return new Failure(Phase.CHECK, "the recipient " + refused.get(0).address() + " is not among"
                + " mailroom.allowed-recipients, so that nothing was sent; this is a test system", Delivery.NOT_SENT,
                true, SmtpReply.NONE, refused, session.host(), session.port(), true);
    }

    /** The outcome of what was sent, for whoever asked for the original: it speaks of the original's recipients. */
    Outcome outcome(Outcome sent) {
        if (sent instanceof Failure failure) {
            return redirected.isEmpty() ? failure : new Failure(failure.phase(), failure.message(),
                    failure.delivery(), failure.reusable(), failure.reply(), originals(failure.refused()),
                    failure.host(), failure.port(), failure.lasting(), failure.scope(),
                    failure.accepted().stream().flatMap(one -> originals(one).stream()).toList());
        }
        Receipt receipt = (Receipt) sent;
        List<RefusedRecipient> all = new ArrayList<>(refused);
        all.addAll(originals(receipt.refused()));
        return new Receipt(receipt.reply(), all);
    }

    private List<RefusedRecipient> originals(List<RefusedRecipient> those) {
        return those.stream().flatMap(one -> originals(one.address()).stream()
                .map(original -> new RefusedRecipient(original, one.reply()))).toList();
    }

    private List<String> originals(String address) {
        return !redirected.isEmpty() && address.equals(redirectTo) ? redirected : List.of(address);
    }

    /** A mail behind one more field. */
    private record MarkedContent(byte[] field, MailData rest) implements MailData {
        @Override
        public long size() {
            return field.length + rest.size();
        }

        @Override
        public boolean eightBit() {
            boolean eight = rest.eightBit();
            for (byte one : field) {
                eight |= one < 0;
            }
            return eight;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(field);
            rest.writeTo(out);
        }
    }
}
