package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.facade.request.SessionDefaults;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.receiving.ReceivingSettings;

/** Which mailbox is to be opened. */
record MailboxRequest(MailProtocol protocol, String user, Secret secret, String server, int port, EmailOption option) {

    static MailboxRequest of(MailProtocol protocol, String user, String password, String server, int port,
            EmailOption option) throws MailFunctionException {
        MailboxRequest request = new MailboxRequest(protocol, Arguments.username(user), Secret.none(),
                Arguments.server(protocol, server), Arguments.port(protocol, port),
                Arguments.present("Option", option, "EMAIL_OPTION_DEFAULT"));
        if (password == null || password.isEmpty()) {
            throw Arguments.bad("the argument <Password> is " + (password == null ? "null" : "empty")
                    + "; pass the mailbox's password, without one it does not open");
        }
        return request.with(Secret.password(password));
    }

    static MailboxRequest of(EmailReceivingSession session) throws MailFunctionException {
        Arguments.present("Session", session, "an EmailPOP3Session or an EmailIMAPSession");
        Secret secret = session.secret();
        if (secret.kind() == Secret.Kind.NONE) {
            throw Arguments.bad("Session.Password is empty, and so is Session.AuthToken; set one of them: without a"
                    + " login no mailbox opens");
        }
        return new MailboxRequest(session.protocol(), Arguments.username("Session.Name", session.getName()),
                secret,
                Arguments.server("Session.ServerAddress", session.getServerAddress()),
                Arguments.port(session.protocol(), session.getPort()),
                Arguments.present("Session.Option", session.getOption(), "EMAIL_OPTION_DEFAULT"));
    }

    private MailboxRequest with(Secret other) {
        return new MailboxRequest(protocol, user, other, server, port, option);
    }

    /** The administrator's settings with what was set for this caller, and what the request says. */
    ReceivingSettings settings(ReceivingSessions mailboxes, SessionDefaults defaults) {
        ReceivingSettings asked = mailboxes.defaults(protocol, user, server, port);
        return asked.withServer(defaults.on(asked.server()).withSecret(secret).withTls(StartRequest.tls(option)));
    }
}
