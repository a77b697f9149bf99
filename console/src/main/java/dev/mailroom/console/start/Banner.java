package dev.mailroom.console.start;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.mailbox.DevelopmentMailServer;
import java.util.Optional;

/**
 * What a person needs after the start.
 *
 * @param url of the console, without a final slash
 * @param password the random one; empty if the administrator configured one
 * @param mailboxPort of the development mailbox, if it runs
 */
record Banner(String url, Optional<String> password, Optional<Integer> mailboxPort) {
    private static final String CURL = "curl -u %s -H 'Content-Type: application/json' -d '%s' %s%n";
    private static final int SMTP = 25;

    String text() {
        String host = mailboxPort.isPresent() ? DevelopmentMailServer.HOST : "localhost";
        String session = "{\"username\":\"demo\",\"server\":\"%s\",\"port\":%d}"
                .formatted(host, mailboxPort.orElse(SMTP));
        String message = "{\"sender\":\"me@example.org\",\"recipients\":[\"you@example.org\"],"
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
                        mailboxPort.map(port -> DevelopmentMailServer.HOST + ":" + port
                                + " (takes any mail, delivers none)")
                                .orElse("(off)"))
                + CURL.formatted(login(), session, url + "/api/sessions")
                + CURL.formatted(login(), message, url + "/api/sessions/demo/messages")
                + "\nStop with Ctrl+C.\n";
    }

    private String login() {
        return ConsoleSettings.USER + password.map(random -> ":" + random).orElse("");
    }

    @Override
    public String toString() {
        return "Banner[" + url + "]";
    }
}
