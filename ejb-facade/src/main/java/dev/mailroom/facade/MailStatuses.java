package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.facade.ReceivingFunctions.Answer;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.service.Spool;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What became of spooled mails, for those who may know. */
@Dependent
class MailStatuses {
    private final Spool spool;

    @Inject
    MailStatuses(Spool spool) {
        this.spool = spool;
    }

    /** The identifier that a text stands for; empty = it stands for none. */
    static Optional<MailIdentifier> identifier(String text) {
        try {
            return Optional.of(MailIdentifier.parse(text == null ? "" : text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The mail, if it is this caller's or an administrator asks; empty = there is none. Somebody else's mail is
     * answered like one that never existed, so that nobody learns which do.
     */
    Optional<MailStatus> find(Caller owner, boolean administrator, Optional<MailIdentifier> identifier)
            throws SpoolException {
        return (identifier.isEmpty() ? Optional.<MailStatus>empty() : spool.status(identifier.get()))
                .filter(mail -> administrator || mail.caller().equals(owner.name()));
    }

    /** Takes a mail back that the caller may know and that was not sent yet. */
    void cancel(Caller owner, boolean administrator, MailIdentifier identifier)
            throws SpoolException, MailFunctionException {
        Optional<MailStatus> mail = find(owner, administrator, Optional.of(identifier));
        if (mail.isEmpty()) {
            throw new MailFunctionException(unknown(identifier.toString()).error().orElseThrow());
        }
        if (!spool.delete(identifier, true)) {
            throw new MailFunctionException(Code.BAD_ARGUMENT, "the mail " + identifier + " is being sent, was sent or"
                    + " given up, and cannot be taken back; emailStatus tells which");
        }
    }

    /** The mail's state in WLanguage's words, and what {@code errorInfo} tells of it. */
    static Answer<EmailStatus> answer(MailStatus mail) {
        return switch (mail.state()) {
            case PENDING, SENDING -> Answer.of(EmailStatus.EMAIL_PENDING);
            case SENT -> Answer.of(EmailStatus.EMAIL_SENT);
            case FAILED, IN_DOUBT -> new Answer<>(EmailStatus.EMAIL_ERROR, MailError.of(Code.SMTP,
                    mail.error().isEmpty() ? "the mail was given up: " + mail.reply() : mail.error()));
        };
    }

    /** What {@code errorInfo} tells of an identifier without a mail. */
    static Answer<EmailStatus> unknown(String identifier) {
        return new Answer<>(EmailStatus.EMAIL_UNKNOWN, MailError.of(Code.BAD_ARGUMENT, "there is no mail " + identifier
                + " of this caller in the spool; the identifier may be wrong, the mail not committed, deleted, or older"
                + " than the spool remembers. Whether such a mail was sent is not known"));
    }

    CompletionStage<MailStatus> completion(Email email) {
        return spool.completion(new MailIdentifier(email.getMailIdentifier())).handle((status, problem) ->
                problem == null ? CompletableFuture.completedStage(status)
                        : CompletableFuture.<MailStatus>failedStage(new MailRefusedException(
                                MailError.of(Code.SPOOL, String.valueOf(problem.getMessage())))))
                .thenCompose(stage -> stage);
    }
}
