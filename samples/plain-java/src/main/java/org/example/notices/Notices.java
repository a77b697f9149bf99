package org.example.notices;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Outcome;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.standalone.MailConnections;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Mails one notice to each of many readers, on one connection. */
public final class Notices {
    private static final String SENDER = "notices@example.org";

    private final MailConnections connections;
    private final SmtpSettings server;

    /** Takes its connections from there. */
    public Notices(MailConnections connections, SmtpSettings server) {
        this.connections = connections;
        this.server = server;
    }

    /** What became of the mail to each reader. */
    public Map<String, Outcome> mail(List<String> readers, String text) throws SmtpException {
        Map<String, Outcome> outcomes = new TreeMap<>();
        try (SmtpConnection connection = connections.sending().getConnection(server)) {
            connection.sendAll(readers.stream().map(reader -> notice(reader, text)).iterator(),
                    (mail, outcome) -> outcomes.put(mail.envelope().forwardPaths().get(0), outcome));
        }
        return outcomes;
    }

    private static Mail notice(String reader, String text) {
        String mail = "From: " + SENDER + "\r\nTo: " + reader + "\r\nSubject: Notice\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + text + "\r\n";
        return new Mail(Envelope.of(SENDER, List.of(reader)), MailData.of(mail.getBytes(StandardCharsets.UTF_8)));
    }

    /** Server, port, and then the readers. */
    public static void main(String[] arguments) throws SmtpException {
        SmtpSettings server = SmtpSettings.of("notices", arguments[0], Integer.parseInt(arguments[1]));
        try (MailConnections connections = MailConnections.open()) {
            List<String> readers = List.of(arguments).subList(2, arguments.length);
            new Notices(connections, server).mail(readers, "The bridge is closed on Monday.")
                    .forEach((reader, outcome) -> System.out.println(reader + ": " + outcome.delivery()));
        }
    }
}
