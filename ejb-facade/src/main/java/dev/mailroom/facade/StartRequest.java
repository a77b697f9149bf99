package dev.mailroom.facade;

import dev.mailroom.Secret;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;

/**
 * What EmailStartSMTPSession was asked for.
 *
 * @param secret may be {@link Secret#none()}
 */
record StartRequest(String user, Secret secret, String server, int port, EmailMode mode, EmailOption option) {

    static StartRequest of(String user, String password, String server, int port, EmailMode mode, EmailOption option)
            throws MailFunctionException {
        return new StartRequest(Arguments.username(user), password(password), Arguments.server(server),
                Arguments.port(port), Arguments.present("Asynchronous", mode, "EMAIL_SYNCHRONOUS"),
                Arguments.present("Option", option, "EMAIL_OPTION_DEFAULT"));
    }

    static StartRequest of(EmailSMTPSession session) throws MailFunctionException {
        Arguments.present("Session", session, "an EmailSMTPSession");
        String token = session.getAuthToken();
        StartRequest request = of(session.getName(), session.getPassword(), session.getServerAddress(),
                session.getPort(), session.getAsynchronous(), session.getOption());
        return token == null || token.isEmpty() ? request : new StartRequest(request.user, Secret.accessToken(token),
                request.server, request.port, request.mode, request.option);
    }

    private static Secret password(String password) {
        return password == null || password.isEmpty() ? Secret.none() : Secret.password(password);
    }

    /** The administrator's settings with what the request and the caller's state say. */
    SmtpSettings settings(SmtpSessions sessions, CallerState state) {
        SmtpSettings settings = sessions.defaults(user, server, port).withSecret(secret).withTls(tls());
        if (state.trust().isPresent()) {
            settings = settings.withTrust(state.trust().get());
        }
        if (state.timeOut().isPresent()) {
            settings = settings.withTimeouts(settings.timeouts().withReply(state.timeOut().get()));
        }
        return settings;
    }

    private TlsMode tls() {
        return switch (option) {
            case EMAIL_OPTION_DEFAULT -> TlsMode.NONE;
            case EMAIL_OPTION_SECURED_TLS, EMAIL_PROTOCOL_SMTPS -> TlsMode.STARTTLS;
            case OPTION_SSL -> TlsMode.IMPLICIT;
        };
    }
}
