package dev.mailroom.facade;

import dev.mailroom.Phase;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.mime.DraftException;
import dev.mailroom.spool.SpoolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Exceptions as the errors that a caller finds. */
final class Errors {
    private static final Logger LOG = System.getLogger(Errors.class.getName());

    private Errors() {
    }

    /** The error for whatever ended a mail function; what nobody foresaw is logged as well. */
    static MailError of(String function, Exception e) {
        if (e instanceof MailFunctionException ours) {
            return ours.error();
        }
        if (e instanceof SmtpException smtp) {
            boolean lease = smtp.failure().phase() == Phase.LEASE;
            return MailError.of(lease ? Code.NO_CONNECTION : Code.SMTP, smtp.failure());
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
            return MailError.of(Code.SPOOL, spool.getMessage());
        }
        if (e instanceof DraftException draft) {
            return MailError.of(Code.BAD_ARGUMENT, EmailTranslator.inWords(draft));
        }
        if (e instanceof IllegalArgumentException) {
            return MailError.of(Code.BAD_ARGUMENT, String.valueOf(e.getMessage()));
        }
        LOG.log(Level.ERROR, function + " failed for a reason that is none of the caller's", e);
        return MailError.of(Code.INTERNAL, function + " failed inside Mailroom (" + e.getClass().getName()
                + "); the server's log has the details");
    }
}
