package dev.mailroom.facade;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.mime.DraftException;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolInDoubtException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Exceptions as the errors that a caller finds. */
final class Errors {
    private static final Logger LOG = System.getLogger(Errors.class.getName());

    private Errors() {
    }

    private static Code code(Failure failure) {
        // A lasting failure without a reply, in a phase that writes the mail: the content's own source failed.
        boolean unreadable = failure.phase() == Phase.DATA && failure.lasting() && !failure.reply().isPresent();
        return failure.phase() == Phase.LEASE ? Code.NO_CONNECTION : unreadable ? Code.BAD_ARGUMENT : Code.SMTP;
    }

    /** The error for whatever ended a mail function; an unexpected one is logged as well. */
    static MailError of(String function, Throwable e) {
        if (e instanceof MailFunctionException ours) {
            return ours.error();
        }
        if (e instanceof SmtpException smtp) {
            return MailError.of(code(smtp.failure()), smtp.failure());
        }
        if (e instanceof SessionRefusedException refused) {
            return MailError.of(switch (refused.reason()) {
                case NO_SUCH_SESSION -> Code.NO_SUCH_SESSION;
                case FORBIDDEN -> Code.FORBIDDEN;
            }, refused.getMessage());
        }
        if (e instanceof SpoolException spool) {
            if (spool.getCause() != null) {
                LOG.log(Level.ERROR, function + " failed in the spool", spool);
            }
            return MailError.of(spool instanceof SpoolInDoubtException ? Code.SPOOL_IN_DOUBT : Code.SPOOL,
                    spool.getMessage());
        }
        if (e instanceof DraftException draft) {
            return MailError.of(Code.BAD_ARGUMENT, EmailTranslator.inWords(draft));
        }
        if (e instanceof IllegalArgumentException) {
            return MailError.of(Code.BAD_ARGUMENT, String.valueOf(e.getMessage()));
        }
        if (e instanceof LinkageError) {
            LOG.log(Level.ERROR, function + " needs a class that this server does not have", e);
            return MailError.of(Code.INTERNAL, function + " failed: this server lacks a class that Mailroom needs, "
                    + e.getMessage() + "; " + advice(String.valueOf(e.getMessage())));
        }
        LOG.log(Level.ERROR, function + " failed for a reason that is none of the caller's", e);
        return MailError.of(Code.INTERNAL, function + " failed inside Mailroom (" + e.getClass().getName()
                + "); the server's log has the details");
    }

    /** What brings a class, if it is one that servers are known to keep to themselves. */
    private static String advice(String missing) {
        String library = missing.contains("org/h2/") ? "com.h2database:h2" : "";
        return library.isEmpty() ? "see docs/servers.md"
                : "add " + library + " to the application, see docs/servers.md";
    }
}
