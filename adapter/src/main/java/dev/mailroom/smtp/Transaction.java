package dev.mailroom.smtp;

import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One mail on its way: what was written for it, what the server has answered so far. */
final class Transaction {
    private static final long NOWHERE = Long.MAX_VALUE;

    final Mail given;
    /** The mail that is sent: as given, or re-encoded for a server without 8BITMIME. */
    Mail mail;
    /** Positions in the cork where the content begins and the end of the content ends. */
    long contentAt = NOWHERE;
    long endAt = NOWHERE;
    boolean chunked;
    /** The server has answered 354. */
    boolean goAhead;
    /** Nothing more will be written for it. */
    boolean closed;
    /** Replies awaited for it. */
    int awaited;
    /** The server has answered 250 to the end of a mail that it had refused before. */
    boolean contradicted;
    /** Its content could not be read to the end. */
    Optional<UnreadableException> unreadable = Optional.empty();
    /** Present once it is decided. */
    Outcome outcome;

    private List<RefusedRecipient> refused = List.of();
    private int answered;
    private SmtpReply refusal = SmtpReply.NONE;
    private Phase refusedAt = Phase.MAIL;

    Transaction(Mail given) {
        this.given = given;
        this.mail = given;
    }

    /** Whether the content may follow before the replies to RCPT are known, because no refusal could forbid it. */
    boolean contentMayFollowUnseen() {
        return mail.envelope().partialSend() || mail.envelope().forwardPaths().size() == 1;
    }

    void recipientAccepted() {
        answered++;
    }

    void recipientRefused(SmtpReply reply) {
        if (refused.isEmpty()) {
            refused = new ArrayList<>();
        }
        refused.add(new RefusedRecipient(mail.envelope().forwardPaths().get(answered), reply));
        answered++;
    }

    /** Judges the recipients once all are answered for. */
    void judgeRecipients() {
        boolean all = answered == mail.envelope().forwardPaths().size();
        if (all && !refused.isEmpty() && (!mail.envelope().partialSend() || accepted() == 0)) {
            refuse(Phase.RCPT, refused.get(0).reply());
        }
    }

    int accepted() {
        return answered - refused.size();
    }

    List<RefusedRecipient> refused() {
        return refused;
    }

    /** The first refusal decides; what the server says to later commands only follows from it. */
    void refuse(Phase phase, SmtpReply reply) {
        if (!isRefused()) {
            refusal = reply;
            refusedAt = phase;
        }
    }

    /** Whether the server may still have its mail transaction open after all replies are there. */
    boolean leavesTransactionOpen() {
        return isRefused() || unreadable.isPresent();
    }

    boolean isRefused() {
        return refusal.isPresent();
    }

    SmtpReply refusal() {
        return refusal;
    }

    Phase refusedAt() {
        return refusedAt;
    }

    /** Whether octets up to there may have shown the server some of the content. */
    boolean contentSeen(long handed) {
        return handed > contentAt;
    }

    /** Whether the end of the content was written. */
    boolean hasEnd() {
        return endAt != NOWHERE;
    }

    /** Whether the end of the content was written, and waits behind that position. */
    boolean endWaits(long handed) {
        return hasEnd() && !endSeen(handed);
    }

    /** Whether octets up to there may have shown the server the whole content with its end. */
    boolean endSeen(long handed) {
        return handed >= endAt;
    }
}
