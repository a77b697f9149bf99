package dev.mailroom.console.start;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.MailboxPorts;
import dev.mailroom.console.mailbox.DevelopmentMailServer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person needs after the start.
 *
 * @param url of the console, without a final slash
 * @param password the random one; empty if the administrator configured one
 * @param mailbox where the development mailbox listens, if it runs
 */
record Banner(String url, Optional<String> password, Optional<MailboxPorts> mailbox) {
    private static final String POST = "curl -u %s -H 'Content-Type: application/json' -d '%s' %s%n";
    private static final String GET = "curl -u %s %s%n";
    private static final int SMTP = 25;
    private static final String READER = "you@example.org";

    String text() {
        String host = mailbox.isPresent() ? DevelopmentMailServer.HOST : "localhost";
        String session = "{\"username\":\"demo\",\"server\":\"%s\",\"port\":%d}"
                .formatted(host, mailbox.map(MailboxPorts::smtp).orElse(SMTP));
        String message = "{\"sender\":\"me@example.org\",\"recipients\":[\"" + READER + "\"],"
                + "\"subject\":\"Hello\",\"message\":\"It works.\"}";
        return """

                Mailroom is ready.

                  Console   %s/
                  User      %s
                  Password  %s
                  Mailbox   %s

                Start a session and send a mail:

                """.formatted(url, ConsoleSettings.USER,
                        password.orElse("(the one in mailroom.console.password)"),
                        mailbox.map(Banner::described).orElse("(off)"))
                + POST.formatted(login(), session, url + "/api/sessions")
                + POST.formatted(login(), message, url + "/api/sessions/demo/messages")
                + mailbox.map(this::readBack).orElse("")
                + "\nStop with Ctrl+C.\n";
    }

    private static String described(MailboxPorts ports) {
        StringBuilder described = new StringBuilder(DevelopmentMailServer.HOST).append(':').append(ports.smtp())
                .append(" (takes any mail, delivers none)");
        ports.pop3().ifPresent(port -> described.append(", read it with POP3 on ").append(port));
        ports.imap().ifPresent(port -> described.append(", read it with IMAP on ").append(port));
        return described.toString();
    }

    /** IMAP first: its session sees what arrives later. */
    private String readBack(MailboxPorts ports) {
        boolean imap = ports.imap().isPresent();
        OptionalInt port = imap ? ports.imap() : ports.pop3();
        if (port.isEmpty()) {
            return "";
        }
        String session = "{\"username\":\"%s\",\"password\":\"any\",\"server\":\"%s\",\"port\":%d,\"protocol\":\"%s\"}"
                .formatted(READER, DevelopmentMailServer.HOST, port.getAsInt(), imap ? "imap" : "pop3");
        return "\nRead it back:\n\n" + POST.formatted(login(), session, url + "/api/receiving")
                + GET.formatted(login(), url + "/api/receiving/" + READER + "/messages/1");
    }

    private String login() {
        return ConsoleSettings.USER + password.map(random -> ":" + random).orElse("");
    }

    @Override
    public String toString() {
        return "Banner[" + url + "]";
    }
}
