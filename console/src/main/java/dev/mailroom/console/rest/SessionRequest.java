package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.EmailMode;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.EmailSMTPSession;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code EmailStartSMTPSession}'s arguments.
 *
 * @param password empty = none
 */
record SessionRequest(
        String username, String password, String server, int port, EmailMode mode, EmailOption option) {
    private static final int SMTP = 25;
    private static final Map<String, EmailOption> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("emailOptionDefault", EmailOption.EMAIL_OPTION_DEFAULT);
        OPTIONS.put("emailOptionSecuredTLS", EmailOption.EMAIL_OPTION_SECURED_TLS);
        OPTIONS.put("emailProtocolSMTPS", EmailOption.EMAIL_PROTOCOL_SMTPS);
        OPTIONS.put("optionSSL", EmailOption.OPTION_SSL);
    }

    static SessionRequest from(JsonDocument document) {
        JsonBody body = JsonBody.of(document, "username", "password", "server", "port", "asynchronous", "option");
        return new SessionRequest(
                body.requiredText("username"),
                body.text("password"),
                body.requiredText("server"),
                body.number("port", SMTP),
                body.flag("asynchronous") ? EmailMode.EMAIL_ASYNCHRONOUS : EmailMode.EMAIL_SYNCHRONOUS,
                option(body.text("option")));
    }

    /** One of WLanguage's words; empty = none was given. */
    static EmailOption option(String word) {
        if (word.isEmpty()) {
            return EmailOption.EMAIL_OPTION_DEFAULT;
        }
        // WLanguage does not tell upper from lower case.
        return OPTIONS.entrySet().stream()
                .filter(known -> known.getKey().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> ProblemException.badInput("Property \"option\" must be one of "
                        + String.join(", ", OPTIONS.keySet()) + "."));
    }

    /** The variable to start. */
    EmailSMTPSession session() {
        EmailSMTPSession session = new EmailSMTPSession();
        session.setName(username);
        session.setPassword(password);
        session.setServerAddress(server);
        session.setPort(port);
        session.setAsynchronous(mode);
        session.setOption(option);
        return session;
    }

    @Override
    public String toString() {
        return "SessionRequest[" + username + " at " + server + ":" + port + "]";
    }
}
