package dev.mailroom.it.spool.application;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.MailFacade;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.IOException;

/** One call a request; the answer is sent when the transaction has committed. */
@WebServlet("/spool")
public class SpoolServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient MailFacade mail;
    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(switch (request.getParameter("do")) {
            case "start" -> mail.emailStartSMTPSession(request.getParameter("user"), "", "127.0.0.1",
                    Integer.parseInt(request.getParameter("port")), true) + " " + mail.errorInfo();
            case "send" -> send(request.getParameter("user"), email(request.getParameter("to"),
                    request.getParameter("reference"), request.getParameter("key")),
                    request.getParameter("alone") == null);
            default -> mail.emailStatus(request.getParameter("id")) + " " + mail.errorInfo();
        });
    }

    private String answer(boolean accepted, Email email) {
        return accepted ? "true " + email.getAsynchronousEmailIdentifier()
                : "false " + mail.lastError().map(Object::toString).orElse("");
    }

    private static Email email(String to, String reference, String key) {
        Email email = new Email();
        email.setSender("jack@example.org");
        email.getRecipient().add(to);
        email.setSubject("The hill");
        email.setReference(reference == null ? "" : reference);
        email.setIdempotencyKey(key == null ? "" : key);
        email.setMessage("Fetch a pail of water. ".repeat(40));
        return email;
    }

    private String send(String user, Email email, boolean inTransaction) {
        try {
            if (!inTransaction) {
                return answer(mail.emailSendMessage(user, email), email);
            }
            transaction.begin();
            String answer = answer(mail.emailSendMessage(user, email), email);
            if (transaction.getStatus() == Status.STATUS_ACTIVE) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return answer;
        } catch (Exception e) {
            return "false " + e;
        }
    }
}
