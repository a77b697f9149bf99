package dev.mailroom.facade;

import dev.mailroom.Mail;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.facade.MailError.Code;

/**
 * Where composed mails leave: at once over their session, or, for asynchronous sessions, into the spool. The one place
 * where the spool plugs in.
 */
final class Departure {
    private static final String NEEDS_SPOOL = "asynchronous mode needs the spool; start the session synchronously";

    /** Whether sessions of that mode can be opened at all. */
    void check(EmailMode mode) throws MailFunctionException {
        if (mode == EmailMode.EMAIL_ASYNCHRONOUS) {
            throw new MailFunctionException(Code.SPOOL, NEEDS_SPOOL);
        }
    }

    Receipt send(SmtpSession session, Mail mail) throws SmtpException, MailFunctionException {
        if (session.asynchronous()) {
            throw new MailFunctionException(Code.SPOOL, NEEDS_SPOOL);
        }
        return session.send(mail);
    }
}
