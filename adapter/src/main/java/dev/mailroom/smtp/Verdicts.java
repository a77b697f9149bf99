package dev.mailroom.smtp;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.stream.Collectors;

/** Pure decisions: how a mail has ended, and how that is said to a person. */
final class Verdicts {
    private final ServerAddress peer;

    Verdicts(ServerAddress peer) {
        this.peer = peer;
    }

    /** All replies are there; so many mails the server had accepted on this connection before. */
    Outcome answered(Transaction mail, SmtpReply acceptance, boolean reusable, long carried) {
        if (mail.unreadable.isPresent()) {
            return unreadable(mail.unreadable.get(), reusable);
        }
        return mail.isRefused() ? rejected(mail, reusable, carried) : new Receipt(acceptance, mail.refused());
    }

    /** The connection was lost with an earlier mail. */
    Failure gone() {
        return failure(Phase.MAIL, "the connection to " + peer + " was lost before; the mail was not sent",
                Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(), FailureScope.CONNECTION);
    }

    /** The mail cannot go to this server at all; nothing was said to it. */
    Failure unfit(String why) {
        return new Failure(Phase.CHECK, why, Delivery.NOT_SENT, true, SmtpReply.NONE, List.of(), peer.host(),
                peer.port(), true);
    }

    /** The content's source failed. */
    Failure unreadable(UnreadableException cause, boolean reusable) {
        return new Failure(Phase.DATA, "the content of the mail could not be read, so it was not sent: "
                + cause.words(), Delivery.NOT_SENT, reusable, SmtpReply.NONE, List.of(), peer.host(), peer.port(),
                cause.isLasting(), FailureScope.MAIL);
    }

    /** The server took the content for something else; it cannot have accepted it as a mail. */
    Failure misunderstood(ChunksException cause, SmtpReply reply) {
        return failure(Phase.DATA, lostWords(Phase.DATA, cause) + " (" + reply + "). The mail was not sent; the server "
                + "gets DATA from now on", Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                FailureScope.CONNECTION);
    }

    /**
     * The connection is lost; the next reply for this mail would have been in that phase.
     *
     * @param behind whether an earlier mail cost the connection
     * @param carried mails that the server had accepted on it
     */
    Failure lost(Transaction mail, Phase phase, long handed, IOException cause, boolean behind, long carried) {
        if (mail.unreadable.isPresent()) {
            return unreadable(mail.unreadable.get(), false);
        }
        if (mail.isRefused() && !mail.contradicted) {
            return rejected(mail, false, carried);
        }
        // Refused with 421, and then accepted all the same.
        boolean unclear = mail.contradicted || !(cause instanceof ClosingException);
        if (mail.endSeen(handed) && unclear) {
            return failure(Phase.FINAL_DOT, lostWords(Phase.FINAL_DOT, cause) + ". The content had been sent whole, so "
                    + "the mail may or may not have been accepted: look at the server's log or ask the recipients "
                    + "before sending it again", Delivery.IN_DOUBT, false, SmtpReply.NONE, mail.refused(),
                    behind ? FailureScope.CONNECTION : FailureScope.MAIL);
        }
        SmtpReply reply = cause instanceof ClosingException closing ? closing.reply() : SmtpReply.NONE;
        // A silent server will not answer sooner on a fresh connection.
        long achieved = cause instanceof InterruptedIOException ? 0 : carried;
        return failure(phase, lostWords(phase, cause) + ". The mail was not sent", Delivery.NOT_SENT, false, reply,
                phase == Phase.RCPT ? List.of() : mail.refused(),
                behind ? FailureScope.CONNECTION : FailureScope.of(phase, reply, achieved));
    }

    private Failure rejected(Transaction mail, boolean reusable, long carried) {
        Phase phase = mail.refusedAt();
        SmtpReply reply = mail.refusal();
        FailureScope scope = FailureScope.of(phase, reply, carried);
        if (reply.code() == ClosingException.CODE) {
            return failure(phase, lostWords(phase, new ClosingException(reply)) + ". The mail was not sent",
                    Delivery.REJECTED, false, reply, List.of(), scope);
        }
        String what = switch (phase) {
            case MAIL -> tooLarge(reply) ? "the mail of " + mail.mail.data().size() + " octets as larger than it takes "
                    + "or has room for: " + reply : "the sender <" + mail.mail.envelope().reversePath() + ">: " + reply;
            case RCPT -> recipients(mail);
            case DATA -> "to take the content: " + reply;
            default -> "the mail after its content: " + reply;
        };
        boolean tooMany = phase == Phase.RCPT && scope != FailureScope.CONNECTION && tooManyForAll(mail);
        return new Failure(phase, "the SMTP server " + peer + " refused " + what + (tooMany ? ". It takes no more "
                + "than " + mail.accepted() + " recipients a mail: use partialSend, or split the recipients" : ""),
                Delivery.REJECTED, reusable && scope != FailureScope.CONNECTION, reply,
                phase == Phase.MAIL ? List.of() : mail.refused(), peer.host(), peer.port(), tooMany, scope);
    }

    /** RFC 1870, section 6.1: with SIZE the server can tell before the content. */
    private static boolean tooLarge(SmtpReply reply) {
        return reply.code() == 552 || reply.enhancedStatus().endsWith(".3.4");
    }

    /** All or nobody, and more than the server takes in one mail transaction: that will never succeed. */
    private static boolean tooManyForAll(Transaction mail) {
        return !mail.mail.envelope().partialSend() && mail.accepted() > 0
                && mail.refused().stream().allMatch(RefusedRecipient::isOneTooMany);
    }

    private static String recipients(Transaction mail) {
        List<RefusedRecipient> refused = mail.refused();
        int all = mail.mail.envelope().forwardPaths().size();
        if (all == 1) {
            return "the recipient " + refused.get(0);
        }
        return refused.size() + " of " + all + " recipients, so the mail went to nobody: " + refused.stream()
                .limit(20).map(RefusedRecipient::toString).collect(Collectors.joining("; "))
                + (refused.size() > 20 ? "; …" : "");
    }

    private String lostWords(Phase phase, IOException cause) {
        if (cause instanceof ClosingException closing) {
            return "the SMTP server " + peer + " closed the connection " + after(phase) + ": " + closing.reply();
        }
        if (cause instanceof InterruptedIOException) {
            return cause.getMessage() + " " + after(phase);
        }
        if (cause instanceof ProtocolException) {
            return "the SMTP server " + peer + " does not keep to the protocol " + after(phase) + ": "
                    + cause.getMessage();
        }
        return "the connection to " + peer + " was lost " + after(phase) + " (" + reason(cause) + ")";
    }

    private static String reason(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String after(Phase phase) {
        return "after " + phase.words();
    }

    private Failure failure(Phase phase, String message, Delivery delivery, boolean reusable, SmtpReply reply,
            List<RefusedRecipient> refused, FailureScope scope) {
        return new Failure(phase, message, delivery, reusable, reply, refused, peer.host(), peer.port(), false, scope);
    }
}
