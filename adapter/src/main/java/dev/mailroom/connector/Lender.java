package dev.mailroom.connector;

import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.watch.NoListener;

/** Who lent a handle: on whose behalf mails are sent, and who can give it another connection. */
interface Lender {
    /** For handles that nobody has claimed, or that are closed. */
    Lender NOBODY = new Lender() {
        @Override
        public SmtpListener listener() {
            return NoListener.INSTANCE;
        }

        @Override
        public void associate(SmtpConnectionHandle handle, SmtpConnectionRequestInfo request) {
            throw new IllegalStateException("nobody can give this connection handle another connection");
        }

        @Override
        public void closedInactive(SmtpConnectionHandle handle) {
            // no manager counted it
        }
    };

    /** Hears of the mails. */
    SmtpListener listener();

    /** Gives a handle without a physical connection one of the same identity. */
    void associate(SmtpConnectionHandle handle, SmtpConnectionRequestInfo request) throws SmtpException;

    /** A handle without a physical connection was closed. */
    void closedInactive(SmtpConnectionHandle handle);
}
