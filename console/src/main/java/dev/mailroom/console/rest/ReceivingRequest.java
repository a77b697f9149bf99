package dev.mailroom.console.rest;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.TlsMode;
import dev.mailroom.console.problem.ProblemException;
import java.util.Locale;
import java.util.Map;

/**
 * What a receiving session is started with.
 *
 * @param protocol POP3 or IMAP
 */
record ReceivingRequest(
        String username, String password, String server, int port, MailProtocol protocol, TlsMode tls) {
    private static final Map<String, MailProtocol> PROTOCOLS =
            Map.of("pop3", MailProtocol.POP3, "imap", MailProtocol.IMAP);

    static ReceivingRequest from(JsonDocument document) {
        JsonBody body = JsonBody.of(document, "username", "password", "server", "port", "protocol", "option");
        MailProtocol protocol = PROTOCOLS.get(body.requiredText("protocol").toLowerCase(Locale.ROOT));
        if (protocol == null) {
            throw ProblemException.badInput("Property \"protocol\" must be one of pop3, imap.");
        }
        TlsMode tls = tls(body.text("option"));
        if (body.text("password").isEmpty()) {
            throw ProblemException.badInput("Property \"password\" is missing or empty: a mailbox opens only with a "
                    + "login.");
        }
        return new ReceivingRequest(body.requiredText("username"), body.text("password"), body.requiredText("server"),
                body.number("port", tls == TlsMode.IMPLICIT ? protocol.tlsPort() : protocol.plainPort()), protocol,
                tls);
    }

    private static TlsMode tls(String option) {
        return switch (SessionRequest.option(option)) {
            case EMAIL_OPTION_DEFAULT -> TlsMode.NONE;
            case EMAIL_OPTION_SECURED_TLS, EMAIL_PROTOCOL_SMTPS -> TlsMode.STARTTLS;
            case OPTION_SSL -> TlsMode.IMPLICIT;
        };
    }

    @Override
    public String toString() {
        return "ReceivingRequest[" + protocol + " " + username + " at " + server + ":" + port + "]";
    }
}
