package dev.mailroom.console.rest;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.EmailIMAPSession;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.EmailPOP3Session;
import dev.mailroom.facade.EmailReceivingSession;
import java.util.Locale;
import java.util.Map;

/**
 * What a receiving session is started with.
 *
 * @param protocol POP3 or IMAP
 */
record ReceivingRequest(
        String username, String password, String server, int port, MailProtocol protocol, EmailOption option) {
    private static final Map<String, MailProtocol> PROTOCOLS =
            Map.of("pop3", MailProtocol.POP3, "imap", MailProtocol.IMAP);

    static ReceivingRequest from(JsonDocument document) {
        JsonBody body = JsonBody.of(document, "username", "password", "server", "port", "protocol", "option");
        MailProtocol protocol = PROTOCOLS.get(body.requiredText("protocol").toLowerCase(Locale.ROOT));
        if (protocol == null) {
            throw ProblemException.badInput("Property \"protocol\" must be one of pop3, imap.");
        }
        EmailOption option = SessionRequest.option(body.text("option"));
        boolean tls = option == EmailOption.OPTION_SSL;
        if (body.text("password").isEmpty()) {
            throw ProblemException.badInput("Property \"password\" is missing or empty: a mailbox opens only with a "
                    + "login.");
        }
        return new ReceivingRequest(body.requiredText("username"), body.text("password"), body.requiredText("server"),
                body.number("port", tls ? protocol.tlsPort() : protocol.plainPort()), protocol, option);
    }

    /** The variable to start. */
    EmailReceivingSession session() {
        EmailReceivingSession session = protocol == MailProtocol.POP3 ? new EmailPOP3Session() : new EmailIMAPSession();
        session.setName(username);
        session.setPassword(password);
        session.setServerAddress(server);
        session.setPort(port);
        session.setOption(option);
        return session;
    }

    @Override
    public String toString() {
        return "ReceivingRequest[" + protocol + " " + username + " at " + server + ":" + port + "]";
    }
}
