package dev.mailroom.it.connector;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.naming.InitialContext;

/**
 * Takes connections from a factory in JNDI, all at once and in one transaction, and sends a mail over each: the words
 * are factory, user, password, port, number of connections. Answers {@code sent}, or what went wrong.
 */
@WebServlet("/connector")
public class ConnectorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Mail MAIL = new Mail(Envelope.of("jack@example.org", List.of("jill@example.org")),
            MailData.of("Subject: The hill\r\n\r\nUp.\r\n".getBytes(StandardCharsets.US_ASCII)));

    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] words = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split(" ");
        try {
            transaction.begin();
            String answer = send((SmtpConnectionFactory) InitialContext.doLookup(words[0]),
                    SmtpSettings.of(words[1], "127.0.0.1", Integer.parseInt(words[3]))
                            .withSecret(Secret.password(words[2])), Integer.parseInt(words[4]));
            transaction.commit();
            response.getWriter().print(answer);
        } catch (Exception e) {
            response.getWriter().print(e);
        }
    }

    private static String send(SmtpConnectionFactory factory, SmtpSettings settings, int connections) {
        Deque<SmtpConnection> open = new ArrayDeque<>();
        try {
            while (open.size() < connections) {
                open.push(factory.getConnection(settings));
            }
            for (SmtpConnection connection : open) {
                connection.send(MAIL);
            }
            return "sent";
        } catch (SmtpException e) {
            return e.failure().phase() + " " + e.getMessage();
        } finally {
            open.forEach(SmtpConnection::close);
        }
    }
}
