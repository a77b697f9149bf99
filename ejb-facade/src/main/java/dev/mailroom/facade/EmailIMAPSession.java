package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;

/** WLanguage's {@code emailIMAPSession} variable: the inbox of an IMAP mailbox, on port 143 unless set otherwise. */
public final class EmailIMAPSession extends EmailReceivingSession {
    /** Not started, and nothing set. */
    public EmailIMAPSession() {
        super(MailProtocol.IMAP);
    }

    /**
     * The variable of a session that was started before, for code that keeps no variable between two calls.
     *
     * @param name as in messages only
     * @param id what {@link #getId} said after the start
     */
    public static EmailIMAPSession ofId(String name, String id) {
        EmailIMAPSession variable = new EmailIMAPSession();
        variable.setName(name);
        variable.startedAs(id);
        return variable;
    }
}
