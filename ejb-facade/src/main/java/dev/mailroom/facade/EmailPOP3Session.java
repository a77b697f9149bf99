package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;

/** WLanguage's {@code emailPOP3Session} variable: a POP3 mailbox, on port 110 unless set otherwise. */
public final class EmailPOP3Session extends EmailReceivingSession {
    /** Not started, and nothing set. */
    public EmailPOP3Session() {
        super(MailProtocol.POP3);
    }

    /**
     * The variable of a session that was started before, for code that keeps no variable between two calls.
     *
     * @param name as in messages only
     * @param id what {@link #getId} said after the start
     */
    public static EmailPOP3Session ofId(String name, String id) {
        EmailPOP3Session variable = new EmailPOP3Session();
        variable.setName(name);
        variable.startedAs(id);
        return variable;
    }
}
