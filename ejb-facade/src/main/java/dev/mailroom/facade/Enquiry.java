package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.SmtpSession;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.Spool;
import dev.mailroom.spool.SpoolException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What became of spooled mails, for those who may know. */
@Dependent
final class Enquiry {
    private final Spool spool;

    @Inject
    Enquiry(Spool spool) {
        this.spool = spool;
    }

    /** Somebody else's mail is answered like one that never existed, so that nobody learns which do. */
    EmailStatus status(Caller caller, boolean administrator, Optional<MailIdentifier> identifier, String shown)
            throws SpoolException, MailFunctionException {
        Optional<MailStatus> found = identifier.isEmpty() ? Optional.empty() : spool.status(identifier.get());
        MailStatus status = found.filter(mail -> administrator || mail.owner().equals(caller.name()))
                .orElseThrow(() -> Arguments.bad("there is no mail " + shown + " of this caller in the spool; the"
                        + " identifier may be wrong, or the mail older than the spool remembers"));
        return switch (status.state()) {
            case PENDING, SENDING -> EmailStatus.EMAIL_PENDING;
            case SENT -> EmailStatus.EMAIL_SENT;
            case FAILED, IN_DOUBT -> throw new MailFunctionException(Code.SMTP,
                    status.error().isEmpty() ? "the mail was given up: " + status.reply() : status.error());
        };
    }

    void checkAsynchronous(SmtpSession session) throws MailFunctionException {
        if (!session.asynchronous()) {
            throw Arguments.bad("the session \"" + session.name()
                    + "\" is synchronous; start it with EMAIL_ASYNCHRONOUS");
        }
    }

    CompletionStage<MailStatus> completion(Email email) {
        return spool.completion(new MailIdentifier(email.getMailIdentifier())).handle((status, problem) ->
                problem == null ? CompletableFuture.completedStage(status)
                        : CompletableFuture.<MailStatus>failedStage(new MailRefusedException(
                                MailError.of(Code.SPOOL, String.valueOf(problem.getMessage())))))
                .thenCompose(stage -> stage);
    }
}
