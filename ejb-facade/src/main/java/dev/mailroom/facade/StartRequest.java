package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.facade.request.SessionDefaults;

/**
 * What EmailStartSMTPSession was asked for.
 *
 * @param secret may be {@link Secret#none()}
 */
record StartRequest(String user, Secret secret, String server, int port, EmailMode mode, EmailOption option) {

    static StartRequest of(String user, String password, String server, int port, EmailMode mode, EmailOption option)
            throws MailFunctionException {
        return new StartRequest(Arguments.username(user), password(password),
                Arguments.server(MailProtocol.SMTP, server), Arguments.port(MailProtocol.SMTP, port),
                Arguments.present("Asynchronous", mode, "EMAIL_SYNCHRONOUS"),
                Arguments.present("Option", option, "EMAIL_OPTION_DEFAULT"));
    }

    static StartRequest of(EmailSMTPSession session) throws MailFunctionException {
        Arguments.present("Session", session, "an EmailSMTPSession");
        Secret secret = session.secret();
        boolean nameless = secret.kind() == Secret.Kind.NONE
                && (session.getName() == null || session.getName().isBlank());
        String server = Arguments.server("Session.ServerAddress", session.getServerAddress());
        // A login needs a name; without a login the session is shown with the server's name.
        StartRequest request = of(nameless ? server : Arguments.username("Session.Name", session.getName()),
                "", server, session.getPort(), session.getAsynchronous(), session.getOption());
        return new StartRequest(request.user, secret, request.server, request.port, request.mode, request.option);
    }

    private static boolean isEmpty(String value) {
        return value == null || value.isEmpty();
    }

    private static Secret password(String password) {
        return isEmpty(password) ? Secret.none() : Secret.password(password);
    }

    /** The administrator's settings with what was set for this caller, and what the request says. */
    SmtpSettings settings(SmtpSessions sessions, SessionDefaults defaults) {
        return defaults.on(sessions.defaults(user, server, port)).withSecret(secret).withTls(tls());
    }

    private TlsMode tls() {
        return tls(option);
    }

    static TlsMode tls(EmailOption option) {
        return switch (option) {
            case EMAIL_OPTION_DEFAULT -> TlsMode.NONE;
            case EMAIL_OPTION_SECURED_TLS, EMAIL_PROTOCOL_SMTPS -> TlsMode.STARTTLS;
            case OPTION_SSL -> TlsMode.IMPLICIT;
        };
    }
}
